import { expect, it } from 'vitest';
import { BYTES_A_TURN } from '../../../src/destinations/aws/byte-turns.ts';
import { nextTurn } from '../../../src/destinations/aws/next-turn.ts';
import { inOwnTurns } from '../../../src/destinations/aws/own-turn.ts';

const { signal } = new AbortController();

it('those who ask at the same time have their turns one by one, and others theirs in between', async () => {
  const seen: string[] = [];
  let isOver = false;
  const turn = (): void => {
    seen.push('other');
    if (!isOver) setImmediate(turn);
  };
  setImmediate(turn);
  const see = (name: string) => inOwnTurns(signal, () => seen.push(name));
  await Promise.all(['one', 'two', 'three'].map(see));
  isOver = true;
  const places = ['one', 'two', 'three'].map((name) => seen.indexOf(name));
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  expect(seen.slice(places[0], places[1])).toContain('other');
  expect(seen.slice(places[1], places[2])).toContain('other');
});

it('work of several turns is done before other work begins', async () => {
  const seen: string[] = [];
  const work = (name: string) => async (): Promise<void> => {
    for (const part of [1, 2, 3]) {
      seen.push(`${name}${part}`);
      await nextTurn();
    }
  };
  await Promise.all(['a', 'b'].map((name) => inOwnTurns(signal, work(name))));
  expect(seen).toEqual(['a1', 'a2', 'a3', 'b1', 'b2', 'b3']);
});

it('work that was aborted while it waited is not done, and holds up nobody', async () => {
  const aborted = new AbortController();
  const done: string[] = [];
  const first = inOwnTurns(signal, async () => {
    aborted.abort(new Error('too late'));
    await nextTurn();
  });
  const second = inOwnTurns(aborted.signal, () => done.push('second'));
  const third = inOwnTurns(signal, () => done.push('third'));
  await expect(second).rejects.toThrow('too late');
  await Promise.all([first, third]);
  expect(done).toEqual(['third']);
});

it('work that throws holds up nobody', async () => {
  const first = inOwnTurns(signal, () => {
    throw new Error('no');
  });
  const second = inOwnTurns(signal, () => 'done');
  await expect(first).rejects.toThrow('no');
  expect(await second).toBe('done');
});

it('work that was long waited for may do more in its turn', async () => {
  const blockFor40Millis = (): void => {
    const end = performance.now() + 40;
    while (performance.now() < end);
  };
  const hasRoom = inOwnTurns(signal, (turns) => {
    turns.add(1);
    return turns.hasRoomFor(3 * BYTES_A_TURN);
  });
  // Before the turn that the work asks for once this function waits.
  setImmediate(blockFor40Millis);
  expect(await hasRoom).toBe(true);
});

it('turns end with the signal that they were asked for with', async () => {
  const aborted = new AbortController();
  const work = inOwnTurns(aborted.signal, async (turns) => {
    aborted.abort(new Error('too late'));
    await turns.next();
    return 'done';
  });
  await expect(work).rejects.toThrow('too late');
});
