import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decodeLogRecords } from '../../../src/decode/index.ts';
import type { Destination } from '../../../src/index.ts';
import type { SendOutcome } from '../../../src/send/send-outcome.ts';
import { droppedCountOf } from '../../support/accounts.ts';
import {
  openSpoolBench,
  type SpoolBench,
  type SpoolExporterOptions,
  SwitchableService,
} from '../../support/spool-bench.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const rejected: SendOutcome = { status: 'rejected', reason: 'rejected', error: new Error('no') };

function openSplitting(
  send: Destination['send'],
  options: SpoolExporterOptions,
  destination: Partial<Destination> = {},
): SpoolBench {
  return openSpoolBench({
    encoding: 'json',
    oversize: 'split',
    concurrencyLimit: 1,
    ...options,
    destination: {
      name: 'bench',
      delimiter: '\n',
      limits: { maxEntries: 1, maxEntryBytes: 1000, maxRequestBytes: 1000 },
      ...destination,
      send,
    },
  });
}

const partOf = (text: string): number => JSON.parse(text).part.index;

it('a split record of which the service refuses one part is dropped, also with a spool', async () => {
  const service = new SwitchableService();
  const { drops, exporter, ...bench } = openSplitting(
    (request, context) =>
      service.requests++ === 0 ? Promise.resolve(rejected) : service.send(request, context),
    { service, directory: tempFolder() },
  );
  await bench.export(['x'.repeat(2000)]);
  await exporter.forceFlush();
  expect(exporter.stats()).toMatchObject({
    exported: 1,
    delivered: 0,
    dropped: { rejected: 1 },
    spooled: 0,
    spooledBytes: 0,
  });
  expect(drops).toMatchObject([{ count: 1, reason: 'rejected' }]);
});

it('a split record that comes back from disk after a restart is one record', async () => {
  const service = new SwitchableService();
  const options = { service, directory: tempFolder() };
  service.isDown = true;
  const before = openSplitting(service.send, options);
  await before.export(['x'.repeat(5000)]);
  await before.exporter.shutdown();
  expect(before.exporter.stats()).toMatchObject({ exported: 1, spooled: 1, delivered: 0 });
  service.isDown = false;
  const after = openSplitting(service.send, options);
  await expect.poll(() => after.exporter.stats().delivered).toBe(1);
  await after.exporter.forceFlush();
  expect(after.exporter.stats()).toMatchObject({ spooled: 0, spooledBytes: 0, inFlight: 0 });
  const records = decodeLogRecords(Buffer.from(service.stored.join('')));
  expect(records.map(({ body }) => body)).toEqual(['x'.repeat(5000)]);
});

it('a part that was refused before a restart is sent once more, and drops its record', async () => {
  const service = new SwitchableService();
  const options = { service, directory: tempFolder() };
  const refusing: Destination['send'] = async (request, context) => {
    const [text = ''] = request.entries.map(({ bytes }) => Buffer.from(bytes).toString());
    if (partOf(text) === 0) return rejected;
    return service.send(request, context);
  };
  service.isDown = true;
  const before = openSplitting(refusing, options);
  await before.export(['x'.repeat(5000)]);
  await before.exporter.shutdown();
  expect(before.exporter.stats()).toMatchObject({ spooled: 1, delivered: 0, dropped: {} });
  service.isDown = false;
  const { drops, exporter } = openSplitting(refusing, options);
  await expect.poll(() => exporter.stats().dropped).toEqual({ rejected: 1 });
  expect(exporter.stats()).toMatchObject({ delivered: 0, spooled: 0 });
  expect(drops).toMatchObject([{ count: 1 }]);
});

it('who waits for delivery of a split record hears that it is on disk when the service fails', async () => {
  const service = new SwitchableService();
  service.isDown = true;
  const bench = openSplitting(service.send, {
    service,
    directory: tempFolder(),
    acknowledge: 'delivered',
    timeoutMillis: 50,
  });
  const { error } = await bench.export(['x'.repeat(5000)]);
  expect(error?.message).toMatch(/on disk/u);
  expect(bench.exporter.stats()).toMatchObject({ exported: 1, spooled: 1, inFlight: 0 });
});

it('who waits for a split record hears of it in time when the service does not answer', async () => {
  const service = new SwitchableService();
  const hang: Destination['send'] = (_request, { signal }) =>
    new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason));
    });
  const bench = openSplitting(hang, {
    service,
    directory: tempFolder(),
    timeoutMillis: 50,
    shutdownTimeoutMillis: 100,
    acknowledge: 'delivered',
  });
  const { error } = await bench.export(['x'.repeat(5000)]);
  expect(error?.message).toMatch(/on disk/u);
});

it('who waits for a split record hears of it in time when the next attempt would come too late', async () => {
  const service = new SwitchableService();
  service.isDown = true;
  const retry = { initialBackoffMillis: 3_600_000, maxBackoffMillis: 3_600_000 };
  const options = { service, directory: tempFolder(), timeoutMillis: 200, retry };
  const bench = openSplitting(service.send, {
    ...options,
    shutdownTimeoutMillis: 100,
    acknowledge: 'delivered',
  });
  const { error } = await bench.export(['x'.repeat(1500)]);
  expect(error?.message).toMatch(/on disk/u);
});

it('who waits for a split record hears at once that it is on disk while its target fails', async () => {
  const service = new SwitchableService();
  service.isDown = true;
  const options = { service, directory: tempFolder(), timeoutMillis: 60_000 };
  const bench = openSplitting(service.send, { ...options, acknowledge: 'delivered' });
  void bench.export(['first']);
  await expect.poll(() => service.requests).toBeGreaterThan(5);
  const { error } = await bench.export(['x'.repeat(5000)]);
  expect(error?.message).toMatch(/on disk/u);
});

const step = fc.record({
  sizes: fc.array(fc.constantFrom(10, 700, 1500, 4000), { maxLength: 4 }),
  doNext: fc.constantFrom('nothing', 'nothing', 'toggle', 'flush', 'restart', 'pause'),
});
const mood = fc.constantFrom('good', 'good', 'down', 'reject', 'partial');

it('no split record counts as delivered of which a part is missing, through outages, refusals and restarts', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 2, maxLength: 12 }),
      fc.array(mood, { minLength: 20, maxLength: 60 }),
      fc.boolean(),
      fc.constantFrom(1, 4),
      fc.constantFrom<'accepted' | 'delivered'>('accepted', 'delivered'),
      async (steps, script, isAggregated, maxEntries, acknowledge) => {
        const service = new SwitchableService();
        const moods = [...script];
        const send: Destination['send'] = async ({ entries }) => {
          const error = new Error('The service fails');
          const texts = entries.map(({ bytes }) => Buffer.from(bytes).toString());
          const now = service.isDown ? 'down' : moods.shift();
          if (now === 'down') return { status: 'retryable', error };
          if (now === 'reject') return rejected;
          const isTaken = (index: number): boolean => now !== 'partial' || index % 3 === 0;
          service.stored.push(...texts.filter((_, index) => isTaken(index)));
          return {
            status: 'partial',
            entries: texts.map((_, index) => {
              if (isTaken(index)) return { status: 'delivered' };
              return index % 3 === 1 ? rejected : { status: 'retryable', error };
            }),
          };
        };
        const directory = tempFolder();
        const totals = { exported: 0, delivered: 0, dropped: 0 };
        const open = (): SpoolBench =>
          openSplitting(
            send,
            { service, directory, acknowledge, timeoutMillis: 100, concurrencyLimit: 2 },
            {
              limits: {
                maxEntries,
                maxEntryBytes: 1000,
                maxRequestBytes: 4000,
                ...(isAggregated ? { aggregate: { maxLines: 3, maxBytes: 1000 } } : {}),
              },
            },
          );
        let bench = open();
        const close = async (): Promise<void> => {
          await bench.exporter.shutdown();
          const stats = bench.exporter.stats();
          expect(stats.inFlight).toBe(0);
          totals.delivered += stats.delivered;
          totals.dropped += droppedCountOf(stats);
        };
        for (const { doNext, sizes } of steps) {
          const bodies = sizes.map((size) => `<${totals.exported++}>`.padEnd(size, 'x'));
          void bench.export(bodies);
          if (doNext === 'toggle') service.isDown = !service.isDown;
          if (doNext === 'flush') await bench.exporter.forceFlush();
          if (doNext === 'pause') await sleep(20);
          if (doNext === 'restart') {
            await close();
            bench = open();
          }
        }
        service.isDown = false;
        await expect.poll(() => bench.exporter.stats().spooled, { timeout: 10_000 }).toBe(0);
        await bench.exporter.forceFlush();
        await close();
        expect(totals.delivered + totals.dropped).toBe(totals.exported);
        const records = wholeRecordsIn(service.stored);
        expect(records.size).toBeGreaterThanOrEqual(totals.delivered);
      },
    ),
    { numRuns: Number(process.env['RUNS'] ?? 12) },
  );
}, 60_000);

/** Numbers of the records of which all parts are there. */
function wholeRecordsIn(stored: readonly string[]): Set<string> {
  const whole = new Set<string>();
  const parts = new Map<string, Map<number, string>>();
  for (const line of stored.join('').split('\n').filter(Boolean)) {
    const { body, part } = JSON.parse(line);
    if (part === undefined) whole.add(/<\d+>/u.exec(body)?.[0] ?? body);
    else {
      const known = parts.get(part.id) ?? new Map<number, string>();
      parts.set(part.id, known.set(part.index, body));
      if (known.size === part.count)
        whole.add(/<\d+>/u.exec([...known.values()].join(''))?.[0] ?? '');
    }
  }
  return whole;
}
