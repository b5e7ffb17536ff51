import { describe, expect, it } from 'vitest';
import { type LineSink, writeLines } from '../../../src/setup/exit-guard/write-lines.ts';

/** Takes so many bytes at a time; 0 is a full pipe, an error code is thrown. After the last, all. */
class ScriptedSink implements LineSink {
  text = '';
  pausedMillis = 0;
  readonly #answers: (number | string)[];

  constructor(...answers: readonly (number | string)[]) {
    this.#answers = [...answers];
  }

  write(bytes: Uint8Array): number {
    const answer = this.#answers.shift() ?? bytes.length;
    if (typeof answer === 'string') throw Object.assign(new Error(answer), { code: answer });
    this.text += Buffer.from(bytes.subarray(0, answer)).toString('latin1');
    return Math.min(answer, bytes.length);
  }

  pause(millis: number): void {
    this.pausedMillis += millis;
  }
}

describe('lines', () => {
  it('are written with a newline each and counted', () => {
    const sink = new ScriptedSink();
    expect(writeLines(['one', 'two'], sink)).toBe(2);
    expect(sink.text).toBe('one\ntwo\n');
  });

  it('arrive whole although the pipe is full at times', () => {
    const sink = new ScriptedSink(2, 'EAGAIN', 3, 'EAGAIN', 0);
    expect(writeLines(['one', 'two'], sink)).toBe(2);
    expect(sink.text).toBe('one\ntwo\n');
    expect(sink.pausedMillis).toBe(15);
  });

  it('arrive whole at a slow reader, however long it takes', () => {
    const line = 'x'.repeat(1_000);
    const sink = new ScriptedSink(...Array.from(line).flatMap(() => [1, 'EAGAIN']));
    expect(writeLines([line], sink)).toBe(1);
    expect(sink.text).toBe(`${line}\n`);
    expect(sink.pausedMillis).toBe(5_000);
  });

  it('are given up when the reader takes nothing for 2 s', () => {
    const sink = new ScriptedSink(2, ...Array.from({ length: 1_000 }, () => 'EAGAIN'));
    expect(writeLines(['one', 'two'], sink)).toBe(0);
    expect(sink.pausedMillis).toBe(2_000);
  });

  it('are given up when the reader is gone', () => {
    const line = 'x'.repeat(70_000);
    const sink = new ScriptedSink(70_001, 'EPIPE');
    expect(writeLines([line, line, line], sink)).toBe(1);
    expect(sink.text).toBe(`${line}\n`);
  });

  it('are written as far as they come when their source fails', () => {
    const sink = new ScriptedSink();
    const lines = function* (): Generator<string> {
      yield 'one';
      throw new Error('broken');
    };
    expect(() => writeLines(lines(), sink)).toThrow('broken');
    expect(sink.text).toBe('one\n');
  });
});
