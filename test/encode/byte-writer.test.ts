import { describe, expect, it } from 'vitest';
import { ByteWriter } from '../../src/encode/byte-writer.ts';

describe('ByteWriter', () => {
  it('grows as it is written and keeps what stands in it', () => {
    const writer = new ByteWriter(4);
    writer.writeLatin1('abc');
    writer.writeUtf8('dé€😀');
    writer.writeBytes(Buffer.alloc(100, 'x'));
    writer.writeByte(0x21);
    expect(Buffer.from(writer.copy()).toString()).toBe(`abcdé€😀${'x'.repeat(100)}!`);
  });

  it('writes lone surrogates as U+FFFD', () => {
    const writer = new ByteWriter();
    expect(writer.writeUtf8('a\ud800b')).toBe(5);
    expect(Buffer.from(writer.copy()).toString()).toBe('a\ufffdb');
  });

  it('keeps its memory from record to record and gives that of a giant back', () => {
    const writer = new ByteWriter(1_000);
    writer.writeBytes(new Uint8Array(500_000));
    const { buffer } = writer;
    writer.reset();
    expect(writer.buffer).toBe(buffer);
    writer.writeBytes(new Uint8Array(5_000_000));
    writer.reset();
    expect(writer.position).toBe(0);
    expect(writer.buffer.length).toBe(1_000);
  });

  it('starts over in the same memory as if it were another', () => {
    const writer = new ByteWriter(16);
    const memory = Buffer.alloc(8);
    const view = new DataView(memory.buffer, memory.byteOffset, memory.length);
    for (const start of [0, 0, 4]) {
      writer.startIn(memory, view, start);
      expect(writer).toMatchObject({ position: start, nestingBytes: 0 });
      writer.writeBytes(Buffer.from('ab'), 2);
      expect(memory.toString('latin1', start, start + 2)).toBe('ab');
    }
    writer.writeBytes(Buffer.alloc(20, 'x'));
    expect(writer.buffer === memory).toBe(false);
    writer.startIn(memory, view, 2);
    writer.writeLatin1('cd');
    expect(writer.view).toBe(view);
    expect(memory.toString('latin1')).toBe('abcdab\0\0');
  });

  it('gives copies that later writes do not touch', () => {
    const writer = new ByteWriter();
    writer.writeLatin1('one');
    const one = writer.copy();
    const tail = writer.copy(1);
    writer.reset();
    writer.writeLatin1('two');
    expect([one, tail].map((bytes) => Buffer.from(bytes).toString())).toEqual(['one', 'ne']);
  });

  it('writes into memory of somebody else from a position on, and leaves what is before', () => {
    const memory = Buffer.from('before..........................');
    const writer = new ByteWriter();
    writer.startIn(memory, new DataView(memory.buffer, memory.byteOffset, memory.length), 6);
    writer.writeLatin1(' and after');
    expect(writer.buffer).toBe(memory);
    expect(memory.toString('latin1', 0, writer.position)).toBe('before and after');
  });

  it('moves to memory of its own, at the same position, when there is no more room', () => {
    const memory = Buffer.from('before..');
    const writer = new ByteWriter(4);
    writer.startIn(memory, new DataView(memory.buffer, memory.byteOffset, memory.length), 6);
    for (const text of ['ab', 'cdefg', 'x'.repeat(100)]) writer.writeLatin1(text);
    expect(writer.buffer.toString('latin1', 6, writer.position)).toBe(`abcdefg${'x'.repeat(100)}`);
    expect(memory.toString('latin1', 0, 6)).toBe('before');
    writer.reset();
    expect(writer.position).toBe(0);
    expect(writer.buffer === memory).toBe(false);
  });
});
