import zlib from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { booleanOption, numberOption } from '../../src/exporter/check-option.ts';
import { createCompressor } from '../../src/exporter/compress-bytes.ts';
import { recordTimeMillis } from '../../src/exporter/record-time.ts';
import { resolveOptions } from '../../src/exporter/resolve-options.ts';
import { systemRuntime, withoutUncaught } from '../../src/exporter/runtime.ts';
import {
  DestinationLogRecordExporter,
  type DestinationLogRecordExporterOptions,
  InvalidOptionError,
} from '../../src/index.ts';
import { createLogRecord } from '../../src/testing/index.ts';

const noSend = (): undefined => undefined;

describe('the options', () => {
  it('have the defaults that are documented', () => {
    const { encoder, isExcluded: _, ...options } = resolveOptions({});
    expect(encoder.name).toBe('json');
    expect(options).toMatchObject({
      oversize: 'truncate',
      acknowledge: 'accepted',
      timeoutMillis: 300_000,
      flushTimeoutMillis: 25_000,
      shutdownTimeoutMillis: 10_000,
      concurrencyLimit: 8,
      retry: { initialBackoffMillis: 200, backoffMultiplier: 2, maxBackoffMillis: 10_000 },
      maxBufferedBytes: 67_108_864,
      maxTargets: 64,
    });
    expect(resolveOptions({ acknowledge: 'delivered' }).timeoutMillis).toBe(25_000);
  });

  it.each([
    ['{"timeoutMillis":0}', '`timeoutMillis` to be a finite number >= 1 <= 2147483647, got `0`'],
    ['{"timeoutMillis":2147483648}', '`timeoutMillis`'],
    ['{"flushTimeoutMillis":"5"}', '`flushTimeoutMillis` to be a finite number >= 1'],
    ['{"shutdownTimeoutMillis":-1}', '`shutdownTimeoutMillis`'],
    ['{"concurrencyLimit":1.5}', '`concurrencyLimit` to be a finite whole number >= 1, got `1.5`'],
    ['{"maxBufferedBytes":null}', '`maxBufferedBytes`'],
    ['{"maxTargets":0}', '`maxTargets`'],
    ['{"oversize":"cut"}', "`oversize` to be one of 'truncate', 'split', 'drop', got `'cut'`"],
    ['{"acknowledge":true}', '`acknowledge`'],
    ['{"onDrop":{}}', '`onDrop` to be a function, got an object'],
    ['{"onDrop":[]}', 'got an array'],
    ['{"selfObsMeterProvider":5}', '`selfObsMeterProvider` to be a meter provider'],
    ['{"retry":5}', '`retry` to be an object with `initialBackoffMillis` and its like, got `5`'],
    [
      '{"retry":null}',
      '`retry` to be an object with `initialBackoffMillis` and its like, got `null`',
    ],
    ['{"spool":true}', '`spool` to be an object with `directory`, got `true`'],
    [
      '{"excludeScopes":"x"}',
      "`excludeScopes` to be an array of texts and regular expressions, got `'x'`",
    ],
    ['{"encoding":null}', 'with `name`, `contentType`, `isText` and `encode`, got `null`'],
    ['{"encoding":5}', 'got `5`'],
    ['{"retry":{"initialBackoffMillis":-1}}', '`retry.initialBackoffMillis`'],
    ['{"retry":{"maxBackoffMillis":"1"}}', '`retry.maxBackoffMillis`'],
    ['{"retry":{"backoffMultiplier":0.5}}', '`retry.backoffMultiplier`'],
    ['{"encoding":"xml"}', 'encoding'],
    ['null', 'options to be an object, got `null`'],
  ])('%s are refused by name', (json, message) => {
    expect(() => resolveOptions(JSON.parse(json))).toThrow(InvalidOptionError);
    expect(() => resolveOptions(JSON.parse(json))).toThrow(message);
  });

  it.each([
    [{ name: 'x' }, '`destination` to be an object with `name` and `send`, got an object'],
    [7, '`destination` to be an object with `name` and `send`, got `7`'],
    [{ send: noSend }, '`destination`'],
    [undefined, '`destination`'],
    [
      {
        name: 'x',
        send: noSend,
        limits: { maxEntries: 0, maxEntryBytes: 1, maxRequestBytes: 1 },
      },
      '`limits.maxEntries` of the destination `x` to be >= 1, got `0`',
    ],
    [
      {
        name: 'x',
        send: noSend,
        limits: { maxEntries: 1, maxEntryBytes: 90, maxRequestBytes: 100, entryOverheadBytes: 11 },
      },
      '`maxEntryBytes` (90)',
    ],
  ])('without a destination that can be are refused: %#', (destination, message) => {
    const options: unknown = { destination };
    const create = (): unknown =>
      new DestinationLogRecordExporter(options as DestinationLogRecordExporterOptions);
    expect(create).toThrow(InvalidOptionError);
    expect(create).toThrow(message);
  });

  it('of a destination may be numbers with a reason and booleans', () => {
    const because = 'the service says so';
    expect(() => numberOption('n', 5, 1, { max: 4, because })).toThrow(
      'Expected `n` to be a finite whole number <= 4 (the service says so), got `5`',
    );
    expect(numberOption('n', undefined, 1)).toBe(1);
    expect(booleanOption('b', undefined, true)).toBe(true);
    expect(booleanOption('b', false, true)).toBe(false);
    expect(() => booleanOption('b', 'no', true)).toThrow("`b` to be true or false, got `'no'`");
  });
});

describe('the time of a record', () => {
  const wallMillis = 123_456.7;
  const timeOf = (record: object): number =>
    recordTimeMillis({ ...createLogRecord(), ...record }, wallMillis);

  it('is its timestamp in whole milliseconds', () => {
    expect(timeOf({ hrTime: [2, 999_999_999] })).toBe(2999);
  });

  it('is that of its observation when there is no timestamp, else the present', () => {
    expect(timeOf({ hrTime: undefined, hrTimeObserved: [3, 0] })).toBe(3000);
    expect(timeOf({ hrTime: ['a', 0], hrTimeObserved: [Number.NaN, 0] })).toBe(123_456);
    expect(timeOf({ hrTime: 5, hrTimeObserved: [1] })).toBe(123_456);
  });

  it('is never negative and never later than a Date can be', () => {
    expect(timeOf({ hrTime: [-5, 0] })).toBe(0);
    expect(new Date(timeOf({ hrTime: [1e300, 0] })).getTime()).not.toBeNaN();
  });
});

describe('compression', () => {
  const text = 'a log record '.repeat(100);

  it('makes smaller bytes that can be read again', async () => {
    const gzip = await createCompressor('gzip')(Buffer.from(text));
    expect(zlib.gunzipSync(gzip).toString()).toBe(text);
    const zstd = await createCompressor('zstd')(Buffer.from(text));
    expect(zlib.zstdDecompressSync(zstd).toString()).toBe(text);
    expect(Math.max(gzip.length, zstd.length)).toBeLessThan(text.length / 4);
  });

  it('says which Node.js it needs', () => {
    const { zstdCompress } = zlib;
    Reflect.set(zlib, 'zstdCompress', undefined);
    try {
      expect(() => createCompressor('zstd')).toThrow('Node.js 22.15 or newer');
    } finally {
      Reflect.set(zlib, 'zstdCompress', zstdCompress);
    }
  });
});

describe('the runtime of the system', () => {
  it('has clocks, chance and work for later', async () => {
    expect(systemRuntime.monotonicMillis()).toBeGreaterThan(0);
    expect(Math.abs(systemRuntime.wallMillis() - Date.now())).toBeLessThan(1000);
    expect(systemRuntime.random()).toBeLessThan(1);
    await new Promise<void>((resolve) => systemRuntime.defer(resolve));
    await new Promise<void>((resolve) => systemRuntime.startTimer(resolve, 1));
  });

  it('tells of a task that throws instead of ending the application', async () => {
    const bugs: unknown[] = [];
    const guarded = withoutUncaught(systemRuntime, (error) => bugs.push(error));
    const fail = (): never => {
      throw new Error('bug');
    };
    guarded.defer(fail);
    guarded.startTimer(fail, 0);
    guarded.holdProcess(1)();
    await new Promise<void>((resolve) => systemRuntime.startTimer(resolve, 20));
    expect(bugs).toEqual([new Error('bug'), new Error('bug')]);
    expect(guarded.random()).toBeLessThan(1);
    expect(guarded.wallMillis()).toBeGreaterThan(guarded.monotonicMillis());
  });

  it('has timers that can be cancelled and holds that can be released', async () => {
    let fired = false;
    const cancel = systemRuntime.startTimer(() => {
      fired = true;
    }, 0);
    cancel();
    const release = systemRuntime.holdProcess(60_000);
    release();
    await new Promise<void>((resolve) => systemRuntime.startTimer(resolve, 5));
    expect(fired).toBe(false);
  });
});
