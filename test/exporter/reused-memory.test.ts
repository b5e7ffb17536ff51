import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { jsonEncoder } from '../../src/encode/json-encoder.ts';
import { entryMemoryFor } from '../../src/exporter/entry-memory.ts';
import { keptBytes } from '../../src/exporter/kept-memory.ts';
import { ReusedMemory, reusedMemoryFor } from '../../src/exporter/reused-memory.ts';
import { FakeRuntime } from '../support/fake-runtime.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const KIB = 1024;
const MIB = 1024 * KIB;

it('memory that is given back twice is for one body', () => {
  const buffers = new ReusedMemory(8 * MIB);
  const memory = buffers.take(100_000);
  buffers.giveBack(memory);
  buffers.giveBack(memory);
  expect(buffers.take(100_000) === memory).toBe(true);
  expect(buffers.take(100_000) === memory).toBe(false);
});

it('memory of somebody else is not taken', () => {
  const buffers = new ReusedMemory(8 * MIB);
  const foreign = Buffer.alloc(100_000);
  buffers.giveBack(foreign);
  expect(buffers.take(100_000) === foreign).toBe(false);
});

it('much memory is not pinned by little', () => {
  const buffers = new ReusedMemory(8 * MIB);
  const large = buffers.take(MIB);
  buffers.giveBack(large);
  expect(buffers.take(64 * KIB) === large).toBe(false);
  expect(buffers.take(600 * KIB) === large).toBe(true);
});

it('at most a quarter is left over', () => {
  const buffers = new ReusedMemory(8 * MIB);
  for (const bytes of [65_537, 130_000, 1_100_000, 4_300_000])
    expect(buffers.take(bytes).length).toBeLessThanOrEqual(1.25 * bytes);
  expect(buffers.take(MIB)).toHaveLength(MIB);
});

it.each([64 * KIB, MIB, 64 * MIB, 1024 * MIB])(
  'no more than half of %i bytes are kept, and no more than 32 MiB',
  (maxBufferedBytes) => {
    const buffers = reusedMemoryFor(maxBufferedBytes);
    const size = 64 * KIB;
    const taken = Array.from({ length: 600 }, () => buffers.take(size));
    for (const memory of taken) buffers.giveBack(memory);
    const again = taken.map(() => buffers.take(size)).filter((memory) => taken.includes(memory));
    expect(again.length * size).toBeLessThanOrEqual(Math.min(32 * MIB, maxBufferedBytes / 2));
  },
);

it.each([64 * KIB, MIB, 64 * MIB, 1024 * MIB])(
  'what is kept on top of the bound is about a twentieth of %i bytes, or less',
  (maxBufferedBytes) => {
    const buffers = reusedMemoryFor(maxBufferedBytes);
    buffers.limitTo(() => -1, new FakeRuntime());
    const size = 64 * KIB;
    const taken = Array.from({ length: 300 }, () => buffers.take(size));
    for (const memory of taken) buffers.giveBack(memory);
    const again = taken.map(() => buffers.take(size)).filter((memory) => taken.includes(memory));
    const keptForBodies = again.length * size;
    expect(keptForBodies > 0).toBe(maxBufferedBytes >= 2 * MIB);
    const sum = keptForBodies + keptBytes('encoding', maxBufferedBytes);
    expect(sum).toBeLessThan(maxBufferedBytes * 0.055);
  },
);

it('memory is not kept where none is left', () => {
  let bytesLeft = MIB;
  const buffers = new ReusedMemory(8 * MIB);
  buffers.limitTo(() => bytesLeft, new FakeRuntime());
  const [one, two, small] = [buffers.take(MIB), buffers.take(MIB), buffers.take(64 * KIB)];
  buffers.giveBack(one);
  buffers.giveBack(two);
  expect(buffers.take(MIB) === two).toBe(true);
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
  const runtime = new FakeRuntime();
  const limits = { maxEntries: 10, maxEntryBytes: MIB, maxRequestBytes: MIB };
  const options = { ...bound, spool: undefined };
  const { memory: buffers } = entryMemoryFor(destination, limits, options, memory, runtime);
  const first = buffers?.take(MIB);
  if (first !== undefined) buffers?.giveBack(first);
  expect(buffers?.take(MIB) === first).toBe(true);
  memory.freeBytes = 0;
  if (first !== undefined) buffers?.giveBack(first);
  expect(buffers?.take(MIB) === first).toBe(false);
  const spool = { directory: '/tmp', maxBytes: 1, maxAgeMillis: 1 };
  const spooled = entryMemoryFor(destination, limits, { ...bound, spool }, memory, runtime);
  expect(spooled.memory).toBeUndefined();
});

it('what the option is not given for is as with its default', () => {
  expect(keptBytes('reused', undefined)).toBe(32 * MIB);
});

it('what was needed within half a minute is kept, and what was not is let go, also while other memory is used', async () => {
  const runtime = new FakeRuntime();
  const buffers = new ReusedMemory(8 * MIB);
  buffers.limitTo(() => 8 * MIB, runtime);
  const burst = [1, 2, 3].map(() => buffers.take(MIB));
  for (const memory of burst) buffers.giveBack(memory);
  const isOfBurst = (memory: Buffer): boolean => burst.includes(memory);
  for (let times = 0; times < 4; times += 1) {
    await runtime.advance(25_000);
    const again = burst.map(() => buffers.take(MIB));
    expect(again.filter(isOfBurst)).toHaveLength(3);
    for (const memory of again) buffers.giveBack(memory);
  }
  for (let times = 0; times < 5; times += 1) {
    await runtime.advance(25_000);
    const one = buffers.take(MIB);
    expect(isOfBurst(one)).toBe(true);
    buffers.giveBack(one);
  }
  const last = burst.map(() => buffers.take(MIB));
  expect(last.filter(isOfBurst)).toHaveLength(1);
});

it('memory that nobody uses is let go, and memory is kept again afterwards', async () => {
  const runtime = new FakeRuntime();
  const buffers = new ReusedMemory(2 * MIB);
  buffers.limitTo(() => 2 * MIB, runtime);
  for (let times = 0; times < 4; times += 1) {
    const memory = buffers.take(MIB);
    buffers.giveBack(memory);
    const again = buffers.take(MIB);
    expect(again === memory).toBe(true);
    buffers.giveBack(again);
    await runtime.advance(60_000);
    expect(runtime.pendingTimers).toEqual([]);
    const fresh = buffers.take(MIB);
    expect(fresh === memory).toBe(false);
    buffers.giveBack(fresh);
  }
});

it('memory that is needed for records is let go though nobody takes any', async () => {
  const runtime = new FakeRuntime();
  let bytesLeft = 8 * MIB;
  const buffers = new ReusedMemory(8 * MIB);
  buffers.limitTo(() => bytesLeft, runtime);
  const taken = [1, 2].map(() => buffers.take(MIB));
  await runtime.advance(1_000);
  for (const memory of taken) buffers.giveBack(memory);
  bytesLeft = 0;
  await runtime.advance(30_000);
  bytesLeft = 8 * MIB;
  expect(taken.includes(buffers.take(MIB))).toBe(false);
});

it('the bodies of a destination and the entries of its exporter are kept together within what is left', () => {
  const runtime = new FakeRuntime();
  const memory = reusedMemoryFor(64 * MIB);
  const destination = {
    name: 'mine',
    copiesEntries: true,
    readsByName: true,
    memory,
    async send() {},
  } as const;
  const limits = { maxEntries: 10, maxEntryBytes: MIB, maxRequestBytes: MIB };
  const options = {
    maxBufferedBytes: 64 * MIB,
    isBuiltInEncoder: true,
    encoder: jsonEncoder(),
    spool: undefined,
  };
  const budget = { freeBytes: 4 * MIB };
  const entries = entryMemoryFor(destination, limits, options, budget, runtime).memory;
  expect(entries).toBe(memory);
  const size = 2.5 * MIB;
  const [body, entry] = [memory.take(size), entries?.take(size) ?? Buffer.alloc(0)];
  memory.giveBack(body);
  entries?.giveBack(entry);
  expect(memory.take(size) === entry).toBe(true);
  expect(memory.take(size) === body).toBe(false);
});

it.each(['with', 'without'])('the memory of bodies is limited %s a spool', (spooled) => {
  const memory = reusedMemoryFor(64 * MIB);
  const destination = { name: 'mine', readsByName: true, memory, async send() {} } as const;
  const limits = { maxEntries: 10, maxEntryBytes: MIB, maxRequestBytes: MIB };
  const spool =
    spooled === 'with' ? { directory: '/tmp', maxBytes: 1, maxAgeMillis: 1 } : undefined;
  const options = {
    maxBufferedBytes: 64 * MIB,
    isBuiltInEncoder: true,
    encoder: jsonEncoder(),
    spool,
  };
  entryMemoryFor(destination, limits, options, { freeBytes: 0 }, new FakeRuntime());
  const taken = [1, 2, 3, 4].map(() => memory.take(MIB));
  for (const body of taken) memory.giveBack(body);
  expect(taken.map(() => memory.take(MIB)).filter((body) => taken.includes(body))).toHaveLength(3);
});

it('memory is not held by the timer that lets go of it', async () => {
  const runtime = new FakeRuntime();
  const held = (() => {
    const buffers = new ReusedMemory(8 * MIB);
    buffers.limitTo(() => 8 * MIB, runtime);
    const memory = buffers.take(MIB);
    buffers.giveBack(memory);
    return new WeakRef(memory);
  })();
  for (let round = 0; round < 4; round += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    collectGarbage();
  }
  expect(runtime.pendingTimers).toHaveLength(1);
  expect(held.deref() === undefined).toBe(true);
  await runtime.advance(60_000);
  expect(runtime.pendingTimers).toEqual([]);
});

it('memory that was transferred while it was free counts no more, and is never taken', () => {
  const buffers = new ReusedMemory(MIB);
  const [gone, kept] = [buffers.take(512 * KIB), buffers.take(512 * KIB)];
  buffers.giveBack(gone);
  structuredClone(0, { transfer: [gone.buffer as ArrayBuffer] });
  buffers.giveBack(kept);
  expect(buffers.take(512 * KIB) === kept).toBe(true);
  const others = [1, 2, 3].map(() => buffers.take(512 * KIB));
  for (const memory of others) buffers.giveBack(memory);
  expect(others.map((memory) => memory.length)).toEqual(others.map(() => 512 * KIB));
  expect(buffers.take(512 * KIB) === others[2]).toBe(true);
  expect(buffers.take(512 * KIB) === others[1]).toBe(true);
});
