import { describe, expect, it } from 'vitest';
import { ByteSlabs } from '../../src/pack/byte-slabs.ts';

describe('memory for the bytes of entries', () => {
  it('holds a copy that does not change when the original does', () => {
    const original = Buffer.from('abc');
    const stored = new ByteSlabs().store(original);
    original.fill('x');
    expect(Buffer.from(stored).toString()).toBe('abc');
  });

  it('lies close together for small entries that come one after the other', () => {
    const slabs = new ByteSlabs();
    const stored = Array.from({ length: 100 }, (_, index) => slabs.store(Buffer.alloc(50, index)));
    expect(new Set(stored.map((bytes) => bytes.buffer)).size).toBe(1);
    expect(stored.every((bytes, index) => bytes.every((byte) => byte === index))).toBe(true);
  });

  it('grows from a small first piece to larger ones, so that a quiet target takes little', () => {
    const slabs = new ByteSlabs();
    const first = slabs.store(Buffer.alloc(8000));
    const second = slabs.store(Buffer.alloc(8000));
    expect(first.buffer.byteLength).toBe(8192);
    expect(second.buffer.byteLength).toBe(65_536);
  });

  it('is of its own for a large entry, which never pins the memory of others', () => {
    const slabs = new ByteSlabs();
    slabs.store(Buffer.alloc(10));
    const large = slabs.store(Buffer.alloc(8193, 1));
    expect(large.buffer.byteLength).toBe(8193);
    expect(large.every((byte) => byte === 1)).toBe(true);
  });

  it('holds an entry without bytes', () => {
    expect(new ByteSlabs().store(Buffer.alloc(0))).toHaveLength(0);
  });
});
