import { expect, it } from 'vitest';
import { jsonEncoder } from '../../src/encode/json-encoder.ts';
import { BodyBuffers } from '../../src/exporter/body-buffers.ts';
import { entryMemoryFor } from '../../src/exporter/entry-memory.ts';
import { keptBytes } from '../../src/exporter/kept-memory.ts';

const KIB = 1024;
const MIB = 1024 * KIB;

it('memory that is given back twice is for one body', () => {
  const buffers = new BodyBuffers();
  const memory = buffers.take(100_000);
  buffers.giveBack(memory);
  buffers.giveBack(memory);
  expect(buffers.take(100_000)).toBe(memory);
  expect(buffers.take(100_000) === memory).toBe(false);
});

it('memory of somebody else is not taken', () => {
  const buffers = new BodyBuffers();
  const foreign = Buffer.alloc(100_000);
  buffers.giveBack(foreign);
  expect(buffers.take(100_000) === foreign).toBe(false);
});

it('much memory is not pinned by little', () => {
  const buffers = new BodyBuffers();
  const large = buffers.take(MIB);
  buffers.giveBack(large);
  expect(buffers.take(64 * KIB) === large).toBe(false);
  expect(buffers.take(600 * KIB)).toBe(large);
});

it('at most a quarter is left over', () => {
  const buffers = new BodyBuffers();
  for (const bytes of [65_537, 130_000, 1_100_000, 4_300_000])
    expect(buffers.take(bytes).length).toBeLessThanOrEqual(1.25 * bytes);
  expect(buffers.take(MIB)).toHaveLength(MIB);
});

it.each([64 * KIB, MIB, 64 * MIB, 1024 * MIB])(
  'what is kept beside what is held is about a twentieth of %i bytes, or less',
  (maxBufferedBytes) => {
    const sum = keptBytes('bodies', maxBufferedBytes) + keptBytes('encoding', maxBufferedBytes);
    expect(sum).toBeLessThan(maxBufferedBytes * 0.055);
    const buffers = new BodyBuffers(keptBytes('bodies', maxBufferedBytes));
    const size = 64 * KIB;
    const taken = Array.from({ length: 300 }, () => buffers.take(size));
    for (const memory of taken) buffers.giveBack(memory);
    const again = taken.map(() => buffers.take(size)).filter((memory) => taken.includes(memory));
    expect(again.length * size).toBeLessThanOrEqual(maxBufferedBytes * 0.05);
  },
);

it('memory is not kept where none is left', () => {
  let bytesLeft = MIB;
  const buffers = new BodyBuffers(8 * MIB, () => bytesLeft);
  const [one, two, small] = [buffers.take(MIB), buffers.take(MIB), buffers.take(64 * KIB)];
  buffers.giveBack(one);
  buffers.giveBack(two);
  expect(buffers.take(MIB)).toBe(two);
  buffers.giveBack(two);
  bytesLeft = -1;
  buffers.giveBack(small);
  bytesLeft = MIB;
  expect([one, two]).not.toContain(buffers.take(MIB));
});

it('the memory of entries is what is left of the bound, and none with a spool', () => {
  const bound = { maxBufferedBytes: 64 * MIB, isBuiltInEncoder: true, encoder: jsonEncoder() };
  const destination = { name: 'mine', copiesEntries: true, async send() {} };
  const memory = { freeBytes: MIB };
  const limits = { maxEntries: 10, maxEntryBytes: MIB, maxRequestBytes: MIB };
  const options = { ...bound, spool: undefined };
  const { memory: buffers } = entryMemoryFor(destination, limits, options, memory);
  const first = buffers?.take(MIB);
  if (first !== undefined) buffers?.giveBack(first);
  expect(buffers?.take(MIB)).toBe(first);
  memory.freeBytes = 0;
  if (first !== undefined) buffers?.giveBack(first);
  expect(buffers?.take(MIB) === first).toBe(false);
  const spool = { directory: '/tmp', maxBytes: 1, maxAgeMillis: 1 };
  expect(entryMemoryFor(destination, limits, { ...bound, spool }, memory)).toEqual({});
});

it('what the option is not given for is as with its default', () => {
  expect(keptBytes('bodies', undefined)).toBe(3 * MIB);
});
