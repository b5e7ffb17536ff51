import { ExportResultCode } from '@opentelemetry/core';
import { expect, it } from 'vitest';
import type { BuiltInDestination } from '../../src/exporter/built-in-destination.ts';
import { DestinationLogRecordExporter } from '../../src/exporter/destination-log-record-exporter.ts';
import { entryCountOf } from '../../src/exporter/each-entry.ts';
import type { PackLimits } from '../../src/pack/pack-limits.ts';
import type { EntryOutcome, SendOutcome } from '../../src/send/send-outcome.ts';
import { createLogRecord } from '../../src/testing/index.ts';
import { FakeRuntime } from '../support/fake-runtime.ts';

const LIMITS: PackLimits = { maxEntries: 100, maxEntryBytes: 1_000, maxRequestBytes: 10_000 };

const recordsOf = (...bodies: string[]) => bodies.map((body) => createLogRecord({ body }));

/** An exporter whose entries may stand for several, and the entries of each request. */
function createExporter(
  answer: () => SendOutcome,
  options: { readonly limits?: PackLimits; readonly acknowledge?: 'accepted' | 'delivered' } = {},
) {
  const runtime = new FakeRuntime();
  const requests: string[][] = [];
  const counts: number[] = [];
  const { acknowledge = 'accepted', limits = LIMITS } = options;
  const destination: BuiltInDestination = {
    name: 'ours',
    limits,
    delimiter: '\n',
    copiesEntries: true,
    readsByName: true,
    readsEntries: 'each',
    async send({ entries }) {
      requests.push(entries.map(({ bytes }) => Buffer.from(bytes).toString()));
      counts.push(entryCountOf(entries));
      return answer();
    },
  };
  const retry = { initialBackoffMillis: 1, maxBackoffMillis: 1 };
  const exporter = new DestinationLogRecordExporter(
    { destination, encoding: 'body', acknowledge, retry },
    runtime,
  );
  return { counts, exporter, requests, runtime };
}

it('records that lie one after the other come as one entry', async () => {
  const { counts, exporter, requests, runtime } = createExporter(() => ({ status: 'delivered' }));
  exporter.export(recordsOf('a', 'b', 'c'), () => {});
  await runtime.advanceUntil(exporter.forceFlush());
  expect(requests).toEqual([['a\nb\nc\n']]);
  expect(counts).toEqual([3]);
});

it('each call hears what became of its own records, though they came as one entry', async () => {
  const refused: EntryOutcome = { status: 'rejected', reason: 'rejected' };
  const delivered: EntryOutcome = { status: 'delivered' };
  const { exporter, runtime } = createExporter(
    () => ({ status: 'partial', entries: [delivered, delivered, refused] }),
    { acknowledge: 'delivered' },
  );
  const results: string[] = [];
  const hear =
    (call: string) =>
    ({ code }: { readonly code: ExportResultCode }): void => {
      results.push(`${call} ${code === ExportResultCode.SUCCESS ? 'delivered' : 'failed'}`);
    };
  exporter.export(recordsOf('a', 'b'), hear('first'));
  exporter.export(recordsOf('c'), hear('second'));
  await runtime.advanceUntil(exporter.forceFlush());
  expect(results.sort()).toEqual(['first delivered', 'second failed']);
  expect(exporter.stats()).toMatchObject({ delivered: 2, dropped: { rejected: 1 }, inFlight: 0 });
});

it('of one entry only those records are sent again that were not taken', async () => {
  const outcomes: SendOutcome[] = [
    {
      status: 'partial',
      entries: [{ status: 'delivered' }, { status: 'retryable' }, { status: 'delivered' }],
    },
  ];
  const { exporter, requests, runtime } = createExporter(
    () => outcomes.shift() ?? { status: 'delivered' },
  );
  exporter.export(recordsOf('a', 'b', 'c'), () => {});
  await runtime.advanceUntil(exporter.forceFlush());
  expect(requests).toEqual([['a\nb\nc\n'], ['b\n']]);
  expect(exporter.stats()).toMatchObject({ delivered: 3, bufferedBytes: 0 });
});

it('what failed with an error whose stack cannot be read is sent again', async () => {
  const error = Object.defineProperty(new Error('Later'), 'stack', {
    get() {
      throw new Error('No stack');
    },
  });
  const outcomes: SendOutcome[] = [{ status: 'retryable', error }];
  const { exporter, runtime } = createExporter(() => outcomes.shift() ?? { status: 'delivered' });
  exporter.export(recordsOf('a'), () => {});
  await runtime.advanceUntil(exporter.forceFlush());
  expect(exporter.stats()).toMatchObject({ delivered: 1, inFlight: 0 });
});

it('a refused entry of several records is halved between them', async () => {
  const error = new Error('Refused');
  const { counts, exporter, runtime } = createExporter(() =>
    counts.length < 3
      ? { status: 'rejected', reason: 'rejected', error, divisible: true }
      : { status: 'delivered' },
  );
  exporter.export(recordsOf('a', 'b', 'c', 'd'), () => {});
  await runtime.advanceUntil(exporter.forceFlush());
  expect(counts).toEqual([4, 2, 2, 1, 1]);
  expect(exporter.stats()).toMatchObject({ delivered: 4, inFlight: 0, bufferedBytes: 0 });
});

it('lines that the service takes as one entry are one, though nothing was put together', async () => {
  const limits = { ...LIMITS, aggregate: { maxLines: 2, maxBytes: 1_000 } };
  const error = new Error('Refused');
  const { counts, exporter, requests, runtime } = createExporter(
    () => ({ status: 'rejected', reason: 'rejected', error, divisible: true }),
    { limits },
  );
  exporter.export(recordsOf('a', 'b'), () => {});
  await runtime.advanceUntil(exporter.forceFlush());
  expect(counts).toEqual([1]);
  expect(requests).toEqual([['a\nb\n']]);
  expect(exporter.stats()).toMatchObject({ dropped: { rejected: 2 }, bufferedBytes: 0 });
});

it('what is taken back is an entry for each record', async () => {
  const { exporter } = createExporter(() => ({ status: 'delivered' }));
  exporter.export(recordsOf('a', 'b', 'c'), () => {});
  const { entries } = exporter.takeBack();
  expect(entries.map((bytes) => Buffer.from(bytes).toString())).toEqual(['a\n', 'b\n', 'c\n']);
});
