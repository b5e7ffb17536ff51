import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const read = (path: string): string =>
  readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');

it('docs/cli.md names every cause, and no other', () => {
  const [, union = ''] =
    /type CauseCode =([^;]*);/u.exec(read('src/cli/doctor/diagnosis/diagnosis.ts')) ?? [];
  const [, section = ''] = /### Causes(.*?)\n## /su.exec(read('docs/cli.md')) ?? [];
  const named = [...section.matchAll(/^\| (.*?) \|/gmu)].flatMap(([, cell = '']) => [
    ...cell.matchAll(/`([a-z_]+)`/gu),
  ]);
  const causes = [...union.matchAll(/'([a-z_]+)'/gu)].map(([, cause]) => cause);
  expect(causes.length).toBeGreaterThan(40);
  expect(named.map(([, cause]) => cause).toSorted()).toEqual(causes.toSorted());
});
