import { expect, it } from 'vitest';
import { ReusedMemory } from '../../src/exporter/reused-memory.ts';
import { Slab } from '../../src/pack/slab.ts';

const SIZE = 64 * 1024;

/** A slab of so many entries, and whether its memory is there for another one. */
function slabOf(entries: number): { readonly slab: Slab; readonly isFree: () => boolean } {
  const buffers = new ReusedMemory(8 * 1024 * 1024);
  const slab = new Slab(buffers, SIZE);
  for (let entry = 0; entry < entries; entry += 1) slab.hold();
  return { slab, isFree: () => buffers.take(SIZE) === slab.memory };
}

it('memory is free when no entry needs it and no further one comes', () => {
  const { isFree, slab } = slabOf(3);
  slab.release(1);
  slab.close();
  slab.release(2);
  expect(isFree()).toBe(true);
});

it('memory is not free while an entry needs it', () => {
  const { isFree, slab } = slabOf(3);
  slab.close();
  slab.release(2);
  expect(isFree()).toBe(false);
});

it('memory is not free while entries may come', () => {
  const { isFree, slab } = slabOf(1);
  slab.release(1);
  expect(isFree()).toBe(false);
});

it('memory is for one at a time, however often it is said to be free', () => {
  const { isFree, slab } = slabOf(1);
  slab.close();
  slab.release(1);
  expect(isFree()).toBe(true);
  slab.close();
  slab.release(0);
  expect(isFree()).toBe(false);
});

it('memory is left to the garbage collector when more entries are given up than there were', () => {
  const { isFree, slab } = slabOf(2);
  slab.release(3);
  slab.hold();
  slab.close();
  expect(isFree()).toBe(false);
});
