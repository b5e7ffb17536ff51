// What of a record `firefighter`, the Python handler for Amazon Data Firehose, sent: rows FF-5 to FF-10 of docs/requirements.md.
import { type Drop, InvalidOptionError } from 'collectorless';
import { FirehoseLogRecordExporter } from 'collectorless/firehose';
import { createLogRecord } from 'collectorless/testing';
import { expect, it } from 'vitest';
import {
  bodiesOf,
  delivered,
  numbered,
  recordsOf,
  startServices,
} from './support/requirement-run.ts';
import { exporterTo, sizesOf } from './support/to-firehose.ts';

it.for([
  [{}, [500, 500, 200]],
  [{ maxRecordsPerRequest: 300 }, [300, 300, 300, 300]],
] as const)('FF-5 with %o, 1,200 records go in requests of %o', async ([options, sizes]) => {
  const services = await startServices();
  await delivered(exporterTo(services, options), numbered(1_200));
  expect(sizesOf(services).toSorted((a, b) => b - a)).toEqual(sizes);
  expect(services.violations).toEqual([]);
});

it.for([
  [{}, 4_000_000, 3],
  [{ maxRequestBytes: 2_000_000 }, 2_000_000, 5],
] as const)('FF-6 with %o, requests hold at most %i bytes', async ([options, maxBytes, count]) => {
  const services = await startServices();
  const body = 'x'.repeat(99_000);
  await delivered(
    exporterTo(services, options),
    Array.from({ length: 100 }, () => createLogRecord({ body })),
  );
  const recordBytes = services.firehose.byteCount / 100;
  const fullest = Math.max(...sizesOf(services)) * recordBytes;
  expect(fullest).toBeLessThanOrEqual(maxBytes);
  expect(fullest).toBeGreaterThan(maxBytes - 2 * recordBytes);
  expect(services.requests).toHaveLength(count);
  expect(services.violations).toEqual([]);
});

it('FF-7 a record over 1,000 KB is cut, split or dropped as `oversize` says, and counted', async () => {
  const body = 'é'.repeat(1_000_000);
  const after = createLogRecord({ body: 'after' });
  const sizes: Record<string, readonly [number, number]> = {};
  const drops: Drop[] = [];
  for (const oversize of ['truncate', 'split', 'drop'] as const) {
    const services = await startServices();
    const exporter = exporterTo(services, { oversize, onDrop: (drop) => drops.push(drop) });
    await delivered(exporter, [createLogRecord({ body }), after]);
    const { records } = services.firehose;
    sizes[oversize] = [records.length, Math.max(...records.map(({ data }) => data.length))];
    expect(bodiesOf(services.firehose.decoded)).toContain('after');
    expect(services.violations).toEqual([]);
    expect(exporter.stats().dropped).toEqual(oversize === 'drop' ? { too_large: 1 } : {});
  }
  expect(sizes['truncate']?.[0]).toBe(2);
  expect(sizes['truncate']?.[1]).toBeGreaterThan(1_023_000);
  expect(sizes['truncate']?.[1]).toBeLessThanOrEqual(1_024_000);
  expect(sizes['split']?.[0]).toBeGreaterThanOrEqual(3);
  expect(sizes['drop']?.[0]).toBe(1);
  expect(sizes['split']?.[1]).toBeLessThanOrEqual(1_024_000);
  expect(drops).toMatchObject([{ reason: 'too_large', count: 1, target: 'logs' }]);
});

it('FF-8 the three limits are options, which cannot go past those of the service', async () => {
  const services = await startServices();
  const limits = { maxRecordBytes: 2_048, maxRecordsPerRequest: 3, maxRequestBytes: 5_000 };
  const records = [
    ...numbered(7),
    ...recordsOf('x'.repeat(3_000), 'y'.repeat(3_000), 'z'.repeat(3_000)),
  ];
  await delivered(exporterTo(services, limits), records);
  expect(Math.max(...sizesOf(services))).toBe(3);
  expect(
    services.firehose.records.map(({ data }) => data.length).toSorted((a, b) => b - a)[0],
  ).toBe(2_048);
  // Three small ones, three, one with one of 2,048 bytes, and no three of 2,048 within 5,000.
  expect(services.requests.length).toBe(4);
  const { clientConfig } = services;
  for (const wrong of [
    { maxRecordBytes: 1_024_001 },
    { maxRecordsPerRequest: 501 },
    { maxRequestBytes: 4_194_305 },
  ]) {
    const create = () =>
      new FirehoseLogRecordExporter({ deliveryStreamName: 'logs', clientConfig, ...wrong });
    expect(create).toThrow(InvalidOptionError);
  }
});

it.for([
  [undefined, 'naïve\n'],
  ['', 'naïve'],
  ['\r\n', 'naïve\r\n'],
] as const)(
  'FF-9 the bytes are the text in UTF-8, encoded once; delimiter %j',
  async ([delimiter, data]) => {
    const services = await startServices();
    const options = delimiter === undefined ? {} : { delimiter };
    await delivered(exporterTo(services, { encoding: 'body', ...options }), recordsOf('naïve'));
    expect(services.firehose.records.map((record) => String(record.data))).toEqual([data]);
  },
);

it('FF-10 a body of any type arrives as what it is', async () => {
  const services = await startServices();
  const bodies = ['text', 7, true, ['a', 1], { user: { name: 'ann' }, tags: [1, null] }];
  await delivered(
    exporterTo(services),
    [...bodies, new Uint8Array([1, 2])].map((body) => createLogRecord({ body })),
  );
  expect(bodiesOf(services.firehose.decoded)).toEqual([...bodies, 'AQI=']);
});
