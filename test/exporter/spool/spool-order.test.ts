import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Destination } from '../../../src/index.ts';
import { openSpoolBench, SwitchableService } from '../../support/spool-bench.ts';
import { tempFolder } from '../../support/temp-folder.ts';

/** More than an entry may have. */
const LONG = 'x'.repeat(4_000);

const idsIn = (bodies: readonly string[]): number[] =>
  bodies.flatMap((body) => [...body.matchAll(/<(\d+)>/gu)].map(([, id]) => Number(id)));

/** Fails as `fails` says, one attempt after the other, and takes what comes while it is not down. */
function failingOrdered(
  service: SwitchableService,
  fails: readonly boolean[],
): Destination['send'] {
  let attempts = 0;
  return async (request, context) => {
    await sleep(1);
    const isFailure = fails[attempts++ % fails.length] ?? false;
    if (isFailure || context.signal.aborted) {
      return { status: 'retryable', error: new Error('The service fails') };
    }
    return service.send(request, context);
  };
}

const step = fc.record({
  count: fc.integer({ min: 1, max: 8 }),
  isSwitch: fc.boolean(),
  pauseMillis: fc.constantFrom(0, 0, 2, 10, 40),
});

it('an ordered target gets its records in their order, however often they come back from disk', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 5, maxLength: 20 }),
      fc.array(fc.boolean(), { minLength: 1, maxLength: 7 }),
      fc.constantFrom<'accepted' | 'delivered'>('accepted', 'delivered'),
      fc.constantFrom(60, 200, 5000),
      fc.constantFrom(1, 5, 50),
      async (steps, script, acknowledge, timeoutMillis, maxEntries) => {
        const service = new SwitchableService();
        // Else it would never take anything.
        const send = failingOrdered(service, [...script, false]);
        const bench = openSpoolBench({
          service,
          directory: tempFolder(),
          acknowledge,
          timeoutMillis,
          destination: {
            name: 'bench',
            ordered: true,
            limits: { maxEntries, maxEntryBytes: 1000, maxRequestBytes: 5000 },
            send,
          },
        });
        let exported = 0;
        for (const { count, isSwitch, pauseMillis } of steps) {
          if (isSwitch) service.isDown = !service.isDown;
          const from = exported;
          exported += count;
          void bench.export(Array.from({ length: count }, (_, index) => `<${from + index}>`));
          await sleep(pauseMillis);
        }
        service.isDown = false;
        const stats = () => bench.exporter.stats();
        await expect.poll(() => stats().delivered, { timeout: 10_000 }).toBe(exported);
        await bench.exporter.shutdown();
        expect(idsIn(service.stored)).toEqual(Array.from({ length: exported }, (_, id) => id));
      },
    ),
    { numRuns: Number(process.env['RUNS'] ?? 12) },
  );
}, 60_000);

it.each(['truncate', 'split'] as const)(
  'an ordered target that takes smaller entries than before gets what is on disk in its order (oversize: %s)',
  async (oversize) => {
    const service = new SwitchableService();
    const directory = tempFolder();
    const open = (maxEntryBytes: number) =>
      openSpoolBench({
        service,
        directory,
        encoding: 'json',
        oversize,
        shutdownTimeoutMillis: 300,
        destination: {
          name: 'bench',
          ordered: true,
          limits: { maxEntries: 10, maxEntryBytes, maxRequestBytes: 50_000 },
          send: service.send,
        },
      });
    service.isDown = true;
    const before = open(10_000);
    const bodies = Array.from({ length: 30 }, (_, id) => `<${id}>${id % 7 === 3 ? LONG : ''}`);
    await before.export(bodies);
    await before.exporter.shutdown();
    service.isDown = false;
    const after = open(1_500);
    await expect.poll(() => after.exporter.stats().delivered, { timeout: 10_000 }).toBe(30);
    await after.exporter.shutdown();
    const ids = idsIn(service.stored);
    expect([...new Set(ids)]).toHaveLength(30);
    expect(ids).toEqual([...ids].sort((one, other) => one - other));
    expect(Math.max(...service.stored.map((text) => text.length))).toBeLessThanOrEqual(1_500);
  },
);
