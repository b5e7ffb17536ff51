import { describe, expect, it } from 'vitest';
import { describeError, errorType, safeMessage } from '../../src/describe-error.ts';
import { cpuMillis } from '../support/cpu-millis.ts';

describe('an error in one line', () => {
  it('has its type and its message', () => {
    expect(describeError(new TypeError('no good'))).toBe('TypeError: no good');
    expect(describeError(Object.assign(new Error('x'), { message: '' }))).toBe('Error');
    expect(describeError(Object.assign(new Error('x'), { code: 'ECONNRESET' }))).toBe(
      'ECONNRESET: x',
    );
    expect(errorType(Object.assign(new Error('x'), { code: 7 }))).toBe('Error');
    expect(errorType(Object.assign(new Error('x'), { code: '' }))).toBe('Error');
  });

  it('is never what was thrown in place of an error', () => {
    expect(describeError('a secret')).toBe('unknown error');
    expect(describeError({ secret: 1 })).toBe('unknown error');
    expect(describeError(undefined)).toBe('unknown error');
  });

  it('is there also for an error that throws or holds no texts', () => {
    const throwing = new Error('x');
    Object.defineProperty(throwing, 'message', {
      get: () => {
        throw new Error('getter');
      },
    });
    expect(describeError(throwing)).toBe('unknown error');
    expect(describeError(Object.assign(new Error('x'), { message: undefined }))).toBe(
      'unknown error',
    );
  });

  it.each<[string, unknown]>([
    ['a symbol', Symbol('name')],
    ['an object without a text', Object.create(null)],
    ['a number', 7],
    ['undefined', undefined],
  ])('is text where the name is %s', (_, name) => {
    const error = (message: string): Error => Object.assign(new Error(message), { name });
    expect(describeError(error(''))).toBe('Error');
    expect(describeError(error('x'))).toBe('Error: x');
    expect(errorType(error('x'))).toBe('Error');
  });

  it('is there also for an error that cannot even be asked what it is', () => {
    const { proxy, revoke } = Proxy.revocable(new Error('x'), {});
    revoke();
    expect(describeError(proxy)).toBe('unknown error');
  });

  it('is one short line, however long the message', () => {
    const line = describeError(new Error(`first ${'word '.repeat(10_000)}\nsecond`));
    expect(line.length).toBeLessThan(400);
    expect(line).not.toContain('\n');
  });
});

describe('a message of a service', () => {
  it.each([
    [
      "1 validation error detected: Value '[InputLogEvent(message=my password is x)]' at 'logEvents' failed to satisfy constraint",
      'password',
    ],
    ["Value {secret: 1} at 'records' failed to satisfy", 'secret'],
    ['Credential=AKIAIOSFODNN7EXAMPLE is not valid', 'AKIA'],
    ['The key ASIAABCDEFGHIJKLMNOP is expired', 'ASIA'],
    ["signature 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEYwJalrXUtnFEMI' differs", 'wJalr'],
    ['connect failed: https://user:hunter2@host.example/path', 'hunter2'],
    [
      "Value 'login failed password=hunter2' at 'logEvents.1.member.message' failed to satisfy constraint",
      'hunter2',
    ],
    ["Value 'meet me ' at 'noon, code 4711' at 'records.1.member.data' failed", '4711'],
    ["Value 'cut off before its end, code 4711", '4711'],
    ['{"message":"SECRET"}', 'SECRET'],
    [`Unexpected token 'S', "SECRET…" is not valid JSON`, 'SECRET'],
    ['GET /logs?token=abc123 failed', 'abc123'],
    ['Authorization: Bearer abcdef12345 is expired', 'abcdef12345'],
    ['connect https://user:p@ss@host.example failed', 'ss@host'],
    ['line one\nthe body of the record', 'record'],
    ['line one\r\nthe body of the record', 'record'],
  ])('%j is told without its %s', (message, secret) => {
    expect(safeMessage(message)).not.toContain(secret);
  });

  it('stays as it is when it repeats nothing', () => {
    expect(safeMessage('Rate exceeded for logGroup /app/shop')).toBe(
      'Rate exceeded for logGroup /app/shop',
    );
  });

  it('is cleaned in no time, whatever it is made of', () => {
    const message = "value '".repeat(100_000);
    expect(cpuMillis(() => safeMessage(message))).toBeLessThan(500);
  });
});
