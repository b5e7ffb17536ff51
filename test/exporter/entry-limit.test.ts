import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Destination,
  DestinationLogRecordExporter,
  type DestinationLogRecordExporterOptions,
  type Drop,
  type EntryOutcome,
  type PackLimits,
} from '../../src/index.ts';
import { createLogRecord } from '../../src/testing/index.ts';
import { exportRecords } from '../support/export-records.ts';

type Options = Omit<DestinationLogRecordExporterOptions, 'destination'> & {
  readonly limits?: Partial<PackLimits>;
  readonly delimiter?: string;
};

/** An exporter to a service that takes `realLimit` bytes of an entry and says so when it gets more. */
function exporterTo(realLimit: () => number, { limits, delimiter, ...options }: Options = {}) {
  const stored: Uint8Array[] = [];
  const requests: number[] = [];
  const drops: Drop[] = [];
  const destination: Destination = {
    name: 'small',
    limits: { maxEntries: 10, maxRequestBytes: 400_000, maxEntryBytes: 100_000, ...limits },
    ...(delimiter === undefined ? {} : { delimiter }),
    send: async ({ entries }) => {
      requests.push(entries.length);
      return {
        status: 'partial',
        entries: entries.map(({ bytes }): EntryOutcome => {
          if (bytes.length > realLimit()) {
            return { status: 'rejected', reason: 'too_large', maxEntryBytes: realLimit() };
          }
          stored.push(bytes);
          return { status: 'delivered' };
        }),
      };
    },
  };
  const exporter = new DestinationLogRecordExporter({
    destination,
    acknowledge: 'delivered',
    onDrop: (drop) => drops.push(drop),
    ...options,
  });
  const send = (records: Parameters<typeof exporter.export>[0]): Promise<number> =>
    exportRecords(exporter, records).then(({ code }) => code);
  const documents = (): { attributes: { uid: string }; [key: string]: unknown }[] =>
    stored.flatMap((bytes) =>
      Buffer.from(bytes)
        .toString()
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line)),
    );
  return { exporter, send, stored, requests, drops, documents };
}

const record = (uid: string, bodyLength: number) =>
  createLogRecord({ attributes: { uid }, body: 'x'.repeat(bodyLength) });

describe('a target that takes less than was known', () => {
  it('gets the refused records cut, and later ones cut before they are sent', async () => {
    const { documents, exporter, requests, send } = exporterTo(() => 2_000);
    expect(await send([record('a', 100), record('b', 5_000), record('c', 100)])).toBe(0);
    expect(requests).toEqual([3, 1]);
    expect(await send([record('d', 5_000)])).toBe(0);
    expect(requests).toEqual([3, 1, 1]);
    const truncated = documents().map(({ attributes, truncated: note }) => [
      attributes.uid,
      !!note,
    ]);
    expect(truncated).toEqual([
      ['a', false],
      ['c', false],
      ['b', true],
      ['d', true],
    ]);
    expect(exporter.stats()).toMatchObject({ delivered: 4, inFlight: 0, bufferedBytes: 0 });
  });

  it('gets lines that were put together in smaller entries, none of them cut', async () => {
    const { documents, exporter, requests, send, stored } = exporterTo(() => 3_000, {
      limits: { aggregate: { maxLines: 100, maxBytes: 50_000 } },
      delimiter: '\n',
    });
    const records = Array.from({ length: 60 }, (_, index) => record(`r${index}`, 200));
    expect(await send(records)).toBe(0);
    expect(requests[0]).toBe(1);
    expect(Math.max(...stored.map((bytes) => bytes.length))).toBeLessThanOrEqual(3_000);
    expect(documents().map(({ attributes }) => attributes.uid)).toEqual(
      records.map(({ attributes }) => attributes['uid']),
    );
    expect(documents().some((document) => 'truncated' in document)).toBe(false);
    const refusals = requests.length;
    expect(await send(records)).toBe(0);
    expect(requests.slice(refusals).every((entries) => entries > 1)).toBe(true);
    expect(exporter.stats()).toMatchObject({ delivered: 120, inFlight: 0, bufferedBytes: 0 });
  });

  it('gets one delimiter behind each piece of a text that is split', async () => {
    const { send, stored } = exporterTo(() => 1_000, {
      delimiter: '\n',
      encoding: 'body',
      oversize: 'split',
    });
    expect(await send([record('a', 2_500)])).toBe(0);
    const texts = stored.map((bytes) => Buffer.from(bytes).toString());
    expect(texts.map((text) => text.length)).toEqual([1_000, 1_000, 503]);
    expect(texts.every((text) => /^x+\n$/u.test(text))).toBe(true);
  });

  it('gets the parts of a record that is split, which counts as one', async () => {
    const { documents, drops, exporter, send } = exporterTo(() => 2_000, { oversize: 'split' });
    expect(await send([record('a', 9_000)])).toBe(0);
    const parts = documents() as unknown[] as { body: string; part: { index: number } }[];
    expect(parts.length).toBeGreaterThan(4);
    parts.sort((one, other) => one.part.index - other.part.index);
    expect(parts.map(({ body }) => body).join('')).toBe('x'.repeat(9_000));
    expect(exporter.stats()).toMatchObject({ delivered: 1, inFlight: 0, bufferedBytes: 0 });
    expect(drops).toEqual([]);
  });

  it('gets parts cut and marked that were split before it was known', async () => {
    const { documents, exporter, send } = exporterTo(() => 1_500, {
      oversize: 'split',
      limits: { maxEntryBytes: 4_000 },
    });
    expect(await send([record('a', 9_000)])).toBe(0);
    expect(documents().every(({ attributes }) => attributes.uid === 'a')).toBe(true);
    expect(documents().filter((document) => 'truncated' in document).length).toBeGreaterThan(0);
    expect(exporter.stats()).toMatchObject({ delivered: 1, inFlight: 0, bufferedBytes: 0 });
  });

  it('gets plain text in further pieces when that was in pieces already', async () => {
    const { exporter, send, stored } = exporterTo(() => 1_000, {
      encoding: 'body',
      oversize: 'split',
      limits: { maxEntryBytes: 4_000 },
    });
    const body = Array.from({ length: 9_000 }, (_, index) => index % 10).join('');
    expect(await send([createLogRecord({ body })])).toBe(0);
    expect(stored.length).toBeGreaterThan(8);
    expect(Buffer.concat(stored).length).toBe(9_000);
    expect(exporter.stats()).toMatchObject({ delivered: 1, inFlight: 0, bufferedBytes: 0 });
  });

  it.each<[string, Options]>([
    ['it may not be cut', { oversize: 'drop' }],
    ['its encoding cannot be read back', { encoding: ownEncoder() }],
  ])('loses a record, counted as too large, when %s', async (_why, options) => {
    const { drops, exporter, send } = exporterTo(() => 2_000, options);
    expect(await send([record('a', 100), record('b', 5_000)])).toBe(1);
    expect(drops).toMatchObject([{ reason: 'too_large', count: 1 }]);
    expect(exporter.stats()).toMatchObject({
      delivered: 1,
      dropped: { too_large: 1 },
      inFlight: 0,
      bufferedBytes: 0,
    });
  });

  it('loses a record that does not fit however it is cut', async () => {
    const { exporter, send } = exporterTo(() => 60);
    expect(await send([record('a', 100)])).toBe(1);
    expect(exporter.stats()).toMatchObject({ dropped: { too_large: 1 }, bufferedBytes: 0 });
  });

  it('does not get the same again when it refuses what it said it takes', async () => {
    const { exporter, requests, send } = exporterTo(() => -1, {
      limits: { maxEntryBytes: 10_000 },
    });
    expect(await send([record('a', 100)])).toBe(1);
    expect(requests).toEqual([1]);
    expect(exporter.stats()).toMatchObject({ dropped: { too_large: 1 }, bufferedBytes: 0 });
  });

  it('that takes ever less loses a record in parts as one, counted once', async () => {
    let calls = 0;
    const falling = (): number => {
      calls += 1;
      return calls <= 2 ? 2_000 : 100;
    };
    const { drops, exporter, send } = exporterTo(falling, { oversize: 'split' });
    expect(await send([record('a', 9_000)])).toBe(1);
    expect(drops).toMatchObject([{ reason: 'too_large', count: 1, target: 'small' }]);
    expect(exporter.stats()).toMatchObject({
      exported: 1,
      delivered: 0,
      dropped: { too_large: 1 },
      inFlight: 0,
      bufferedBytes: 0,
    });
  });

  it('whatever it takes, gets every record once or it is counted as lost', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 20_000 }), { minLength: 1, maxLength: 40 }),
        fc.array(fc.integer({ min: 300, max: 30_000 }), { minLength: 1, maxLength: 5 }),
        fc.constantFrom('truncate', 'split', 'drop'),
        fc.boolean(),
        async (bodyLengths, limits, oversize, isAggregated) => {
          let calls = 0;
          const falling = limits.toSorted((one, other) => other - one);
          const realLimit = (): number => {
            calls += 1;
            return falling[Math.min(Math.floor(calls / 20), falling.length - 1)] ?? 0;
          };
          const { documents, exporter, send } = exporterTo(realLimit, {
            oversize,
            ...(isAggregated
              ? { limits: { aggregate: { maxLines: 20, maxBytes: 30_000 } }, delimiter: '\n' }
              : {}),
          });
          const records = bodyLengths.map((length, index) => record(`r${index}`, length));
          await send(records);
          const { delivered, dropped, inFlight, bufferedBytes } = exporter.stats();
          const lost = dropped['too_large'] ?? 0;
          expect([delivered + lost, inFlight, bufferedBytes]).toEqual([records.length, 0, 0]);
          const whole = documents().filter((document) => !('part' in document));
          const uids = whole.map(({ attributes }) => attributes.uid);
          expect(new Set(uids).size).toBe(uids.length);
          await exporter.shutdown();
        },
      ),
      { numRuns: 40 },
    );
  });
});

function ownEncoder() {
  return {
    name: 'own',
    contentType: 'text/plain',
    isText: true,
    encode: ({ body }: { readonly body?: unknown }): string => String(body),
  };
}
