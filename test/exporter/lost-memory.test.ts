import { expect, it, vi } from 'vitest';
import type { EncodingName } from '../../src/encode/encoders.ts';
import { DestinationLogRecordExporter } from '../../src/exporter/destination-log-record-exporter.ts';
import { makeRecord } from '../encode/support/records.ts';

// As in Node.js before 24 for a stream of bytes: there memory can be taken away all the same.
vi.mock('../../src/allocate-in-place.ts', () => ({ allocateInPlace: Buffer.allocUnsafeSlow }));

const NAMES: readonly EncodingName[] = ['json', 'otlp-json', 'msgpack', 'body', 'distlog-json'];

it.each(NAMES)(
  'records as %s go on after a destination of the application took the memory of others away',
  async (encoding) => {
    const texts: string[] = [];
    const numbers: number[] = [];
    const exporter = new DestinationLogRecordExporter({
      encoding,
      destination: {
        name: 'own',
        numbered: true,
        async send({ entries }) {
          for (const { bytes } of entries) texts.push(Buffer.from(bytes).toString());
          const [first] = entries;
          if (first !== undefined) {
            structuredClone(0, { transfer: [first.bytes.buffer as ArrayBuffer] });
          }
        },
      },
    });
    for (let number = 0; number < 20; number += 1) {
      exporter.export([makeRecord({ body: `number ${number}` })], () => {});
      await exporter.forceFlush();
    }
    await exporter.shutdown();
    for (const text of texts) {
      const number = /"number":(\d+)/.exec(text)?.[1];
      if (number !== undefined) numbers.push(Number(number));
    }
    expect(texts.map((text) => /number \d+/.exec(text)?.[0])).toEqual(
      Array.from({ length: 20 }, (_, number) => `number ${number}`),
    );
    expect(exporter.stats()).toMatchObject({ delivered: 20, dropped: {}, bufferedBytes: 0 });
    expect(numbers).toEqual(numbers.map((_, index) => (numbers[0] ?? 0) + index));
  },
);

it('a record whose bytes were taken away at once is counted, and holds no memory', async () => {
  const exporter = new DestinationLogRecordExporter({
    encoding: 'body',
    destination: {
      name: 'own',
      delimiter: '\n',
      async send({ entries }) {
        const [first] = entries;
        if (first === undefined || first.bytes.length === 0) return;
        structuredClone(0, { transfer: [first.bytes.buffer as ArrayBuffer] });
      },
    },
  });
  exporter.export([makeRecord({ body: 'taken' })], () => {});
  await exporter.forceFlush();
  for (let number = 0; number < 10; number += 1) {
    exporter.export([makeRecord({ body: undefined })], () => {});
    await exporter.forceFlush();
  }
  await exporter.shutdown();
  const { bufferedBytes, delivered, dropped, exported } = exporter.stats();
  expect({ bufferedBytes, exported }).toEqual({ bufferedBytes: 0, exported: 11 });
  expect(delivered + (dropped['invalid'] ?? 0)).toBe(11);
});
