import { expect, it } from 'vitest';
import { allocateInPlace } from '../../src/allocate-in-place.ts';

it('memory of entries stays where it is when one of them is sent to a worker', () => {
  const memory = allocateInPlace(10).fill(1);
  const { buffer } = memory;
  // Node.js 20 sends a copy, later ones refuse.
  try {
    structuredClone(buffer, { transfer: [buffer as ArrayBuffer] });
  } catch (error) {
    expect(error).toHaveProperty('name', 'DataCloneError');
  }
  expect(memory.equals(Buffer.alloc(10, 1))).toBe(true);
});
