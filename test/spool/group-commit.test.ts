import { expect, it } from 'vitest';
import { GroupCommit } from '../../src/spool/group-commit.ts';

/** Commits that end when the test says so. */
function slowCommits(): {
  readonly group: GroupCommit;
  readonly ends: ((error?: Error) => void)[];
} {
  const ends: ((error?: Error) => void)[] = [];
  const group = new GroupCommit(
    () =>
      new Promise((resolve, reject) => {
        ends.push((error) => (error === undefined ? resolve() : reject(error)));
      }),
  );
  return { group, ends };
}

it('all that ask while one runs share the next one', async () => {
  const { ends, group } = slowCommits();
  const first = group.run();
  const others = [group.run(), group.run(), group.run()];
  ends[0]?.();
  await first;
  await expect.poll(() => ends.length).toBe(2);
  ends[1]?.();
  await Promise.all(others);
  expect(ends).toHaveLength(2);
});

it('one that fails fails only for those who asked for it', async () => {
  const { ends, group } = slowCommits();
  const first = group.run();
  const other = group.run();
  ends[0]?.(new Error('made up'));
  await expect(first).rejects.toThrow('made up');
  await expect.poll(() => ends.length).toBe(2);
  ends[1]?.();
  await other;
});
