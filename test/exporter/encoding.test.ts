import { describe, expect, it } from 'vitest';
import type { LogRecordEncoder } from '../../src/index.ts';
import { createHostileLogRecords, createLogRecord, uidOf } from '../../src/testing/index.ts';
import { bodies, ExporterBench, isSuccess } from '../support/exporter-bench.ts';

function encoderOf(encode: LogRecordEncoder['encode'], isText = true): LogRecordEncoder {
  return { name: 'own', contentType: 'text/plain', isText, encode };
}

describe('an encoder of your own', () => {
  it('may answer text or bytes', async () => {
    const bench = new ExporterBench({
      encoding: encoderOf(({ body }) => (body === 'a' ? 'text' : Buffer.from('bytes'))),
      destination: { delimiter: '\n' },
    });
    bench.export(['a', 'b']);
    await bench.flush();
    expect(bench.texts).toEqual(['text\n', 'bytes\n']);
  });

  it('gets no delimiter behind bytes that are no text', async () => {
    const bench = new ExporterBench({
      encoding: encoderOf(() => Buffer.from('bytes'), false),
      destination: { delimiter: '\n' },
    });
    bench.export(['a']);
    await bench.flush();
    expect(bench.texts).toEqual(['bytes']);
  });

  it.each([
    [
      'throws',
      () => {
        throw new Error('secret contents');
      },
    ],
    ['answers nothing', () => JSON.parse('null')],
    ['answers a number', () => JSON.parse('5')],
    ['answers an object', () => JSON.parse('{"length":3}')],
    ['answers a list', () => JSON.parse('[1,2,3]')],
    ['is async', () => Promise.resolve('text') as unknown],
  ])('that %s for one record loses that one as invalid and no neighbour', async (_name, bad) => {
    const bench = new ExporterBench({
      encoding: encoderOf(({ body }) => (body === 'bad' ? (bad() as string) : String(body))),
    });
    const call = bench.export(['a', 'bad', 'b']);
    await bench.flush();
    expect(bench.texts).toEqual(['a', 'b']);
    expect(isSuccess(call)).toBe(false);
    expect(bench.stats).toMatchObject({
      delivered: 2,
      dropped: { invalid: 1 },
      inFlight: 0,
      bufferedBytes: 0,
    });
    expect(bench.drops[0]?.error?.message).not.toContain('secret');
  });

  it('loses a record without contents where the service takes none', async () => {
    const bench = new ExporterBench({ limits: { minEntryBytes: 1 } });
    bench.export(['', 'a']);
    await bench.flush();
    expect(bench.texts).toEqual(['a']);
    expect(bench.stats.dropped).toEqual({ invalid: 1 });
  });
});

describe('a record that is too large', () => {
  const limits = { maxEntryBytes: 600 };
  const long = 'word '.repeat(1000);

  it('is cut, and the bytes with their delimiter fit', async () => {
    const bench = new ExporterBench({
      encoding: 'json',
      limits,
      destination: { delimiter: '\n' },
    });
    bench.export(['a', long, 'b']);
    await bench.flush();
    expect(bench.stats).toMatchObject({ delivered: 3, dropped: {} });
    expect(bench.texts.every((text) => text.length <= 600 && text.endsWith('\n'))).toBe(true);
    expect(bench.texts.map((text) => JSON.parse(text).body[0])).toEqual(['a', 'w', 'b']);
  });

  it('is sent in parts and counts as one record, delivered with its last part', async () => {
    const bench = new ExporterBench({
      encoding: 'json',
      oversize: 'split',
      limits: { ...limits, maxEntries: 1 },
      acknowledge: 'delivered',
    });
    const call = bench.export(['a', long, 'b']);
    await bench.flush();
    expect(bench.requests.length).toBeGreaterThan(8);
    expect(bench.stats).toMatchObject({ exported: 3, delivered: 3, inFlight: 0, bufferedBytes: 0 });
    expect(isSuccess(call)).toBe(true);
  });

  it('counts as lost once when any of its parts is', async () => {
    for (const acknowledge of ['accepted', 'delivered'] as const) {
      const bench = new ExporterBench({
        encoding: 'json',
        oversize: 'split',
        limits: { ...limits, maxEntries: 1 },
        acknowledge,
        send: ({ index }) =>
          index % 3 === 1
            ? { status: 'rejected', reason: 'rejected', error: new Error('no') }
            : { status: 'delivered' },
      });
      const call = bench.export([long]);
      await bench.flush();
      expect(bench.stats).toMatchObject({ delivered: 0, dropped: { rejected: 1 }, inFlight: 0 });
      expect(isSuccess(call)).toBe(acknowledge === 'accepted');
      expect(bench.drops).toHaveLength(1);
      expect(bench.drops[0]?.bytes).toBeGreaterThan(long.length);
    }
  });

  it('is dropped as too_large with its size where that is wanted', async () => {
    const bench = new ExporterBench({ limits, oversize: 'drop' });
    bench.export([long]);
    await bench.flush();
    expect(bench.drops).toMatchObject([{ reason: 'too_large', count: 1, bytes: 5000 }]);
  });

  it('is dropped as too_large when it cannot be cut', async () => {
    const bench = new ExporterBench({
      encoding: encoderOf(() => 'x'.repeat(1000)),
      limits,
    });
    bench.export(['a']);
    await bench.flush();
    expect(bench.stats).toMatchObject({ dropped: { too_large: 1 }, inFlight: 0 });
  });
});

describe('hostile records', () => {
  it('reach the destination in valid form, each of them, in their order', async () => {
    const records = createHostileLogRecords(7, 120);
    const bench = new ExporterBench({ encoding: 'json', limits: { maxEntryBytes: 60_000 } });
    bench.exportRecords(records);
    await bench.flush();
    const uids = bench.texts.map((text) => uidOf(JSON.parse(text)));
    expect(uids).toEqual(records.map(uidOf));
    expect(bench.imbalance()).toBe(0);
  });

  it.each([['null'], ['5'], ['"text"'], ['{}'], ['{"hrTime":5,"attributes":null}']])(
    'that are none, such as %s, are counted and hurt no neighbour',
    async (json) => {
      const bench = new ExporterBench({
        encoding: 'json',
        destination: { targetNames: { name: '{service.name}' } },
      });
      const good = createLogRecord({ body: 'good' });
      const call = bench.exportRecords([good, JSON.parse(json), good]);
      await bench.flush();
      expect(bench.texts.filter((text) => text.includes('good'))).toHaveLength(2);
      expect(call.answers).toBe(1);
      expect(bench.stats).toMatchObject({ exported: 3, inFlight: 0 });
      expect(bench.imbalance()).toBe(0);
    },
  );

  it('with getters that throw are counted, and what comes after them goes on', async () => {
    const fail = (): never => {
      throw new Error('getter');
    };
    const bench = new ExporterBench({ encoding: 'json' });
    for (const key of ['resource', 'instrumentationScope', 'hrTime', 'attributes', 'body']) {
      const bad = Object.defineProperty(createLogRecord(), key, { get: fail });
      const call = bench.exportRecords([bad, createLogRecord({ body: `after ${key}` })]);
      await bench.flush();
      expect(call.answers).toBe(1);
      expect(bench.texts.at(-1)).toContain(`after ${key}`);
    }
    expect(bench.stats.inFlight).toBe(0);
    expect(bench.imbalance()).toBe(0);
  });

  it('that come too late are counted as shut_down', async () => {
    const bench = new ExporterBench();
    await bench.shutdown();
    const call = bench.exportRecords([JSON.parse('null'), createLogRecord()]);
    await bench.runtime.settle();
    expect(call.answers).toBe(1);
    expect(bench.stats.dropped).toEqual({ shut_down: 2 });
  });
});

it('the bytes sent are counted as they were packed', async () => {
  const bench = new ExporterBench({ destination: { delimiter: '\n' } });
  bench.export(bodies(10));
  await bench.flush();
  expect(bench.stats).toMatchObject({ requests: 1, bytes: 10 * 'body-0\n'.length });
});
