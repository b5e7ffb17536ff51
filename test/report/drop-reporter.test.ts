import { describe, expect, it } from 'vitest';
import { type Drop, DropReporter } from '../../src/report/drop-reporter.ts';
import { FakeRuntime } from '../support/fake-runtime.ts';

function drop(overrides: Partial<Drop> = {}): Drop {
  return {
    reason: 'rejected',
    count: 3,
    bytes: 300,
    firstTime: new Date(1000),
    lastTime: new Date(2000),
    target: '/otel/shop · web-1',
    error: Object.assign(new Error('Access denied'), { code: 'AccessDenied' }),
    ...overrides,
  };
}

function setUp(onDrop?: (drop: Drop) => void) {
  const runtime = new FakeRuntime();
  const lines: string[] = [];
  const reporter = new DropReporter({
    name: 'firehose',
    onDrop,
    warn: (line) => lines.push(line),
    monotonicMillis: () => runtime.monotonicMillis(),
  });
  return { lines, reporter, runtime };
}

describe('the line of a loss', () => {
  it('says how many records were lost, why, for where, and what the service said', () => {
    const { lines, reporter } = setUp();
    reporter.report(drop());
    expect(lines).toEqual([
      'firehose: dropped 3 log records (rejected) for /otel/shop · web-1: AccessDenied: Access denied',
    ]);
  });

  it('needs no error, and knows one record from many', () => {
    const { lines, reporter } = setUp();
    const { error: _, ...withoutError } = drop({ count: 1 });
    reporter.report(withoutError);
    expect(lines).toEqual(['firehose: dropped 1 log record (rejected) for /otel/shop · web-1']);
  });

  it('is printed once in 30 s for each reason, and the next one counts what was left out', async () => {
    const { lines, reporter, runtime } = setUp();
    for (let time = 0; time < 1000; time += 1) reporter.report(drop());
    reporter.report(drop({ reason: 'timeout' }));
    await runtime.advance(29_999);
    reporter.report(drop());
    expect(lines).toHaveLength(2);
    await runtime.advance(1);
    reporter.report(drop());
    expect(lines[2]).toContain(`dropped ${1000 * 3 + 3} log records (rejected)`);
    await runtime.advance(30_000);
    reporter.report(drop());
    expect(lines[3]).toContain('dropped 3 log records');
  });
});

describe('the end', () => {
  it('tells for each reason what no line has told yet, once', () => {
    const { lines, reporter } = setUp();
    for (let time = 0; time < 5; time += 1) reporter.report(drop());
    reporter.report(drop({ reason: 'timeout' }));
    reporter.report(drop({ reason: 'buffer_full', count: 1 }));
    reporter.report(drop({ reason: 'buffer_full', count: 1 }));
    lines.length = 0;
    reporter.flush();
    reporter.flush();
    expect(lines).toEqual([
      'firehose: dropped 12 more log records (rejected)',
      'firehose: dropped 1 more log record (buffer_full)',
    ]);
  });

  it('is no reason for a line out of turn', async () => {
    const { lines, reporter, runtime } = setUp();
    reporter.report(drop());
    reporter.flush();
    reporter.report(drop());
    expect(lines).toHaveLength(1);
    await runtime.advance(30_000);
    reporter.report(drop());
    expect(lines[1]).toContain('dropped 6 log records');
  });
});

describe('onDrop', () => {
  it('hears of every loss, also of those without a line', () => {
    const drops: Drop[] = [];
    const { reporter } = setUp((lost) => drops.push(lost));
    const first = drop();
    reporter.report(first);
    reporter.report(drop({ count: 9 }));
    expect(drops).toHaveLength(2);
    expect(drops[0]).toBe(first);
  });

  it('may throw: that is told, and what is no error is kept out of the line', async () => {
    const { lines, reporter } = setUp(() => Promise.reject('record contents'));
    reporter.report(drop());
    await Promise.resolve();
    await Promise.resolve();
    expect(lines[1]).toBe('firehose: onDrop threw: unknown error');
  });

  it('may throw at once', () => {
    const { lines, reporter } = setUp(() => {
      throw new Error('at once');
    });
    reporter.report(drop());
    expect(lines[1]).toBe('firehose: onDrop threw: Error: at once');
  });

  it('may be async and reject: that ends nothing', async () => {
    const { lines, reporter } = setUp(() => Promise.reject(new Error('async')));
    reporter.report(drop());
    await Promise.resolve();
    await Promise.resolve();
    expect(lines[1]).toBe('firehose: onDrop threw: Error: async');
  });
});

it('an onDrop that causes another drop is not called again from within', () => {
  let calls = 0;
  const { reporter, lines } = setUp(() => {
    calls += 1;
    reporter.report(drop({ reason: 'shut_down' }));
  });
  reporter.report(drop());
  expect(calls).toBe(1);
  expect(lines).toHaveLength(2);
  reporter.report(drop());
  expect(calls).toBe(2);
});
