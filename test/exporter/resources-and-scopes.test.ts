import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { describe, expect, it } from 'vitest';
import { InvalidOptionError } from '../../src/index.ts';
import { createResource } from '../../src/testing/index.ts';
import { bodies, ExporterBench, isSuccess } from '../support/exporter-bench.ts';

type Resource = ReadableLogRecord['resource'];

function pendingResource(wait: () => Promise<void>): Resource {
  return Object.assign(createResource(), {
    asyncAttributesPending: true,
    waitForAsyncAttributes: wait,
  });
}

describe('a record whose resource is still being detected', () => {
  it('waits for the attributes and is sent with them', async () => {
    let settle = (): void => {};
    const attributes = { 'service.name': 'early' };
    const resource = Object.assign(createResource(attributes), {
      asyncAttributesPending: true,
      waitForAsyncAttributes: () =>
        new Promise<void>((resolve) => {
          settle = resolve;
        }),
    });
    const bench = new ExporterBench({
      destination: { targetNames: { name: '{service.name}' } },
    });
    bench.export(['a'], { resource });
    await bench.runtime.advance(4000);
    expect(bench.requests).toEqual([]);
    attributes['service.name'] = 'late';
    Object.assign(resource, { asyncAttributesPending: false });
    settle();
    await bench.flush();
    expect(bench.requests.map(({ target }) => target)).toEqual(['late']);
  });

  it.each([
    ['never come', () => new Promise<void>(() => {})],
    ['are refused', () => Promise.reject(new Error('detector'))],
    [
      'cannot be asked for',
      () => {
        throw new Error('detector');
      },
    ],
  ])('is sent as it is when the attributes %s, within seconds', async (_name, wait) => {
    const bench = new ExporterBench();
    const resource = pendingResource(wait);
    const call = bench.export(['a'], { resource });
    await bench.runtime.advance(5000);
    expect(bench.texts).toEqual(['a']);
    bench.export(['b'], { resource });
    await bench.runtime.settle();
    expect(bench.texts).toEqual(['a', 'b']);
    expect(isSuccess(call)).toBe(true);
  });

  it('is flushed though the attributes never come', async () => {
    const bench = new ExporterBench();
    bench.export(['a'], { resource: pendingResource(() => new Promise(() => {})) });
    await bench.flush();
    expect(bench.stats).toMatchObject({ delivered: 1, inFlight: 0 });
  });

  it('is counted as shut_down when the exporter closes before they come', async () => {
    const bench = new ExporterBench({ shutdownTimeoutMillis: 1000 });
    bench.export(['a'], { resource: pendingResource(() => new Promise(() => {})) });
    await bench.shutdown();
    expect(bench.stats).toMatchObject({ dropped: { shut_down: 1 }, inFlight: 0 });
  });

  it('does not hold up what was packed before it', async () => {
    const bench = new ExporterBench();
    bench.export(['a']);
    bench.export(['b'], { resource: pendingResource(() => new Promise(() => {})) });
    await bench.runtime.advance(10);
    expect(bench.texts).toEqual(['a']);
  });
});

describe('records of the exporter and of its clients', () => {
  const from = (name: string): Partial<ReadableLogRecord> => ({ instrumentationScope: { name } });

  it('are not exported and not counted', async () => {
    const bench = new ExporterBench();
    for (const scope of ['collectorless', 'collectorless/http', '@aws-sdk/x', '@smithy/core']) {
      const call = bench.export(bodies(2), from(scope));
      await bench.runtime.settle();
      expect(isSuccess(call)).toBe(true);
    }
    bench.export(['kept'], from('collectorless-is-not-my-name'));
    await bench.flush();
    expect(bench.texts).toEqual(['kept']);
    expect(bench.stats.exported).toBe(1);
  });

  it('are those that the option names, by name, by its beginning or by an expression', async () => {
    const bench = new ExporterBench({ excludeScopes: ['exact', 'begin*', /mid.le/gu] });
    for (const scope of ['exact', 'beginning', 'a middle', 'a middle', 'exactly', '@aws-sdk/x']) {
      bench.export([scope], from(scope));
    }
    await bench.flush();
    expect(bench.texts).toEqual(['exactly', '@aws-sdk/x']);
  });

  it('are none with an empty list', async () => {
    const bench = new ExporterBench({ excludeScopes: [] });
    bench.export(['a'], from('collectorless'));
    await bench.flush();
    expect(bench.texts).toEqual(['a']);
  });

  it.each(['"text"', '[5]', '{}'])('cannot be named by %s', (wrong) => {
    expect(() => new ExporterBench({ excludeScopes: JSON.parse(wrong) })).toThrow(
      InvalidOptionError,
    );
  });
});
