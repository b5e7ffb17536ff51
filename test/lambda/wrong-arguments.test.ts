import { diag } from '@opentelemetry/api';
import { describe, expect, it, onTestFinished } from 'vitest';
import { withLogFlush } from '../../src/lambda/index.ts';
import { toldLines } from '../support/told-lines.ts';

describe('wrong arguments', () => {
  it.each([undefined, null, {}, 'handler'])('refuse %j as a handler', (handler) => {
    expect(() => Reflect.apply(withLogFlush, undefined, [handler])).toThrow(
      expect.objectContaining({ code: 'ERR_INVALID_OPTION' }),
    );
  });

  it('of which there are no such options are told', () => {
    const lines = toldLines();
    onTestFinished(() => diag.disable());
    const options: object = { reserve: 5 };
    withLogFlush(async () => {}, options);
    expect(lines).toEqual([
      expect.stringMatching(/withLogFlush: `reserve` is ignored.*did you mean `reserveMillis`\?$/u),
    ]);
  });

  it.each([
    { reserveMillis: -1 },
    { reserveMillis: '200' },
    { flushTimeoutMillis: 0 },
    { flushTimeoutMillis: 900_001 },
    { flush: {} },
    { flush: [{}] },
    { flush: [null] },
    { flush: [{ forceFlush: true }] },
    'fast',
  ])('refuse %j as options', (options) => {
    expect(() => Reflect.apply(withLogFlush, undefined, [async () => {}, options])).toThrow(
      expect.objectContaining({ code: 'ERR_INVALID_OPTION' }),
    );
  });
});
