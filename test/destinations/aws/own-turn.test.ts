import { expect, it } from 'vitest';
import { ownTurn } from '../../../src/destinations/aws/own-turn.ts';

it('those who ask at the same time have their turns one by one, and others theirs in between', async () => {
  const seen: string[] = [];
  let isOver = false;
  const turn = (): void => {
    seen.push('other');
    if (!isOver) setImmediate(turn);
  };
  setImmediate(turn);
  await Promise.all(['one', 'two', 'three'].map((name) => ownTurn().then(() => seen.push(name))));
  isOver = true;
  const places = ['one', 'two', 'three'].map((name) => seen.indexOf(name));
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  expect(seen.slice(places[0], places[1])).toContain('other');
  expect(seen.slice(places[1], places[2])).toContain('other');
});
