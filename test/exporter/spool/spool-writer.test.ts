import { expect, it } from 'vitest';
import { SpoolWriter } from '../../../src/exporter/spool-writer.ts';
import { storeInTime } from '../../../src/exporter/store-in-time.ts';
import { FakeRuntime } from '../../support/fake-runtime.ts';

const entry = {
  bytes: Buffer.from('a'),
  recordCount: 1,
  timeMillis: 0,
  lastTimeMillis: 0,
  heldBytes: 257,
  sequence: 1,
  acceptedAtMillis: 0,
  packedAtMillis: 0,
};

interface Story {
  readonly refused: { readonly count: number; readonly cause: unknown }[];
  readonly stored: string[];
  readonly bugs: unknown[];
}

function createWriter(
  write: () => Promise<string | Error>,
): Story & { readonly writer: SpoolWriter<string, string> } {
  const story: Story = { refused: [], stored: [], bugs: [] };
  const writer = new SpoolWriter<string, string>({
    write,
    onStored: (_target, _entries, file) => story.stored.push(file),
    onRefused: (_target, { length: count }, { cause }) => story.refused.push({ count, cause }),
    onTakenBack: () => {},
    maxFileBytes: 1000,
    onBug: (error) => story.bugs.push(error),
  });
  return { ...story, writer };
}

it('a bug on the way to the disk is told, and its entries are refused', async () => {
  const bug = new TypeError('a bug');
  const { bugs, refused, writer } = createWriter(() => Promise.reject(bug));
  writer.add('target', entry);
  writer.add('target', entry);
  writer.flush();
  await writer.whenWritten();
  expect(bugs).toEqual([bug]);
  expect(refused).toEqual([{ count: 2, cause: bug }]);
  expect(writer.holds('target')).toBe(false);
});

it('after a bug on the way to the disk the next entries are written', async () => {
  let isBroken = true;
  const { stored, writer } = createWriter(async () => {
    if (isBroken) throw new TypeError('a bug');
    return 'file';
  });
  writer.add('target', entry);
  writer.flush();
  await writer.whenWritten();
  isBroken = false;
  writer.add('target', entry);
  writer.flush();
  await writer.whenWritten();
  expect(stored).toEqual(['file']);
});

it('a store that rejects ends its timer and is heard by its caller alone', async () => {
  const clock = new FakeRuntime();
  const bug = new TypeError('a bug');
  const storing = storeInTime(Promise.reject(bug), { clock, onLate: () => {} });
  await expect(storing).rejects.toBe(bug);
  expect(clock.pendingTimers).toEqual([]);
});

it('all parts of a record lie in one file, however large that gets', async () => {
  const files: number[] = [];
  const writer = new SpoolWriter<string, string>({
    write: async (_target, entries) => {
      files.push(entries.length);
      return 'file';
    },
    onStored: () => {},
    onRefused: () => {},
    onTakenBack: () => {},
    maxFileBytes: 2,
    onBug: () => {},
  });
  writer.add('target', entry);
  for (const index of [0, 1, 2, 3]) writer.add('target', { ...entry, part: { index, count: 4 } });
  writer.add('target', entry);
  writer.flush();
  await writer.whenWritten();
  expect(files).toEqual([5, 1]);
});
