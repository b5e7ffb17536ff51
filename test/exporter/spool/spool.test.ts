import { setImmediate } from 'node:timers/promises';
import { ExportResultCode } from '@opentelemetry/core';
import { describe, expect, it } from 'vitest';
import {
  openSpoolBench,
  SwitchableService,
  spoolFiles,
  throttledOnce,
} from '../../support/spool-bench.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const oneEach = { maxEntries: 1, maxEntryBytes: 100, maxRequestBytes: 100 };
const bodies = (count: number, prefix = 'record'): string[] =>
  Array.from({ length: count }, (_, index) => `${prefix}-${index}`);

function sum({
  delivered,
  dropped,
  spooled,
  inFlight,
}: {
  readonly delivered: number;
  readonly dropped: Readonly<Record<string, number>>;
  readonly spooled: number;
  readonly inFlight: number;
}): number {
  return delivered + spooled + inFlight + Object.values(dropped).reduce((a, b) => a + b, 0);
}

describe('an exporter with a spool', () => {
  it('says SUCCESS when the records are on disk, and leaves nothing there once they are delivered', async () => {
    const directory = tempFolder();
    const service = new SwitchableService();
    service.isDown = true;
    const bench = openSpoolBench({ service, directory });
    const result = await bench.export(bodies(1200));
    expect(result.code).toBe(ExportResultCode.SUCCESS);
    expect(spoolFiles(directory)).not.toEqual([]);
    expect(bench.exporter.stats()).toMatchObject({ spooled: 1200, inFlight: 0, delivered: 0 });
    service.isDown = false;
    await expect.poll(() => bench.exporter.stats().delivered).toBe(1200);
    await bench.exporter.forceFlush();
    await expect.poll(() => spoolFiles(directory)).toEqual([]);
    expect(service.stored.toSorted()).toEqual(bodies(1200).toSorted());
    expect(bench.exporter.stats()).toMatchObject({ exported: 1200, spooled: 0, spooledBytes: 0 });
    expect(bench.exporter.stats().bufferedBytes).toBe(0);
  });

  it('leaves to the next exporter what the service did not take, in its order', async () => {
    const directory = tempFolder();
    const service = new SwitchableService();
    service.isDown = true;
    const first = openSpoolBench({ service, directory, destination: ordered(service) });
    await first.export(bodies(300, 'a'));
    await first.export(bodies(300, 'b'));
    await first.exporter.shutdown();
    expect(first.exporter.stats()).toMatchObject({ exported: 600, spooled: 600, inFlight: 0 });
    expect(first.drops).toEqual([]);

    service.isDown = false;
    const second = openSpoolBench({ service, directory, destination: ordered(service) });
    await expect.poll(() => second.exporter.stats().adopted).toBe(600);
    await second.export(bodies(10, 'c'));
    await second.exporter.forceFlush();
    expect(service.stored).toEqual([...bodies(300, 'a'), ...bodies(300, 'b'), ...bodies(10, 'c')]);
    expect(second.exporter.stats()).toMatchObject({ exported: 610, delivered: 610, spooled: 0 });
    expect(spoolFiles(directory)).toEqual([]);
  });

  it('does not wait in forceFlush for a service that fails, and loses nothing', async () => {
    const service = new SwitchableService();
    service.isDown = true;
    const bench = openSpoolBench({
      service,
      directory: tempFolder(),
      flushTimeoutMillis: 600_000,
    });
    await bench.export(bodies(10));
    await bench.exporter.forceFlush();
    expect(bench.exporter.stats()).toMatchObject({ spooled: 10, inFlight: 0 });
  });

  it('holds in memory no more than its bound, however much is on disk', async () => {
    const service = new SwitchableService();
    service.isDown = true;
    const bench = openSpoolBench({
      service,
      directory: tempFolder(),
      maxBufferedBytes: 1_000_000,
    });
    let most = 0;
    for (let round = 0; round < 40; round += 1) {
      await bench.export(bodies(100, 'x'.repeat(1000)));
      most = Math.max(most, bench.exporter.stats().bufferedBytes);
    }
    expect(most).toBeLessThan(1_100_000);
    expect(bench.exporter.stats()).toMatchObject({ spooled: 4000, dropped: {} });
    service.isDown = false;
    await expect.poll(() => bench.exporter.stats().delivered).toBe(4000);
    expect(new Set(service.stored).size).toBe(100);
    expect(service.stored).toHaveLength(4000);
  });

  it('drops the oldest records, counted, when the disk has reached its bound', async () => {
    const directory = tempFolder();
    const service = new SwitchableService();
    service.isDown = true;
    const bench = openSpoolBench({ service, directory, spool: { directory, maxBytes: 200_000 } });
    for (let round = 0; round < 30; round += 1) {
      await bench.export(bodies(10, `${round}-${'x'.repeat(1000)}`));
      expect(bench.exporter.stats().spooledBytes).toBeLessThanOrEqual(200_000);
    }
    await expect.poll(() => bench.exporter.stats().dropped['spool_full'] ?? 0).toBeGreaterThan(0);
    const stats = bench.exporter.stats();
    expect(sum(stats)).toBe(300);
    expect(bench.drops.reduce((count, drop) => count + drop.count, 0)).toBe(
      stats.dropped['spool_full'],
    );
    service.isDown = false;
    await bench.exporter.forceFlush();
    await expect.poll(() => sum({ ...bench.exporter.stats(), spooled: 0, inFlight: 0 })).toBe(300);
    expect(new Set(service.stored).size).toBe(service.stored.length);
    expect(service.stored.filter((text) => text.startsWith('29-'))).toHaveLength(10);
  });

  it('drops what is too old, counted, also what is in memory', async () => {
    const directory = tempFolder();
    const service = new SwitchableService();
    service.isDown = true;
    const bench = openSpoolBench({ service, directory, spool: { directory, maxAgeMillis: 200 } });
    await bench.export(bodies(50));
    await expect
      .poll(() => bench.exporter.stats().dropped, { timeout: 20_000 })
      .toEqual({ spool_expired: 50 });
    expect(bench.exporter.stats()).toMatchObject({ exported: 50, spooled: 0, inFlight: 0 });
    await expect.poll(() => spoolFiles(directory)).toEqual([]);
  });

  it('goes on in memory when the folder cannot be made, and counts what it loses then', async () => {
    const service = new SwitchableService();
    const bench = openSpoolBench({ service, directory: '/dev/null/spool' });
    const result = await bench.export(bodies(10));
    expect(result.code).toBe(ExportResultCode.SUCCESS);
    await bench.exporter.forceFlush();
    expect(bench.exporter.stats()).toMatchObject({ delivered: 10, spooled: 0, inFlight: 0 });
  });

  it('hands back nothing that is on disk', async () => {
    const service = new SwitchableService();
    service.isDown = true;
    const bench = openSpoolBench({ service, directory: tempFolder() });
    await bench.export(bodies(20));
    expect(bench.exporter.abandon()).toMatchObject({ entries: [], records: [] });
    expect(bench.exporter.stats()).toMatchObject({ exported: 20, spooled: 20, dropped: {} });
  });

  it('answers FAILED without losing anything when delivery was asked for and does not come', async () => {
    const service = new SwitchableService();
    service.isDown = true;
    const bench = openSpoolBench({
      service,
      directory: tempFolder(),
      acknowledge: 'delivered',
      timeoutMillis: 100,
    });
    const result = await bench.export(bodies(3));
    expect(result.code).toBe(ExportResultCode.FAILED);
    expect(result.error?.message).toBe('Log records are on disk and not delivered yet');
    expect(bench.exporter.stats()).toMatchObject({ spooled: 3, dropped: {} });
    service.isDown = false;
    await expect.poll(() => bench.exporter.stats().delivered).toBe(3);
  });
});

function ordered(service: SwitchableService): {
  readonly name: string;
  readonly ordered: true;
  readonly send: SwitchableService['send'];
} {
  return { name: 'bench', ordered: true, send: service.send };
}

it('a flush does not wait for what is on disk because something was in memory only', async () => {
  const directory = tempFolder();
  const service = new SwitchableService();
  service.isDown = true;
  const bench = openSpoolBench({
    service,
    directory,
    // The second batch does not fit on the disk: it is kept in memory and dropped at its deadline.
    spool: { directory, maxBytes: 3000 },
    timeoutMillis: 300,
    flushTimeoutMillis: 600_000,
  });
  await bench.export(bodies(1));
  await bench.export(['x'.repeat(5000)]);
  await bench.exporter.forceFlush();
  expect(bench.exporter.stats()).toMatchObject({ spooled: 1, inFlight: 0 });
});

it.each([
  ['that was throttled once', ['a']],
  ['that was throttled once, and for those beside it', ['a', 'b', 'c']],
])('a flush waits for a request %s', async (_, texts) => {
  const service = new SwitchableService();
  const { send, throttle } = throttledOnce(service);
  const bench = openSpoolBench({
    service,
    directory: tempFolder(),
    destination: { name: 'bench', limits: oneEach, send },
  });
  await bench.export(texts);
  const flushed = bench.exporter.forceFlush();
  await setImmediate();
  throttle();
  await flushed;
  expect(bench.exporter.stats()).toMatchObject({ delivered: texts.length, spooled: 0 });
});

it('a flush waits for the answers under way of a target that begins to fail', async () => {
  const mayAnswer = Promise.withResolvers<void>();
  const mayFail = Promise.withResolvers<void>();
  const bench = openSpoolBench({
    service: new SwitchableService(),
    directory: tempFolder(),
    destination: {
      name: 'bench',
      limits: oneEach,
      send: async ({ entries: [entry] }) => {
        if (Buffer.from(entry?.bytes ?? []).toString() === 'fails') {
          await mayFail.promise;
          return { status: 'retryable', error: new Error('fails'), isMisconfigured: true };
        }
        await mayAnswer.promise;
        return { status: 'delivered' };
      },
    },
  });
  await bench.export(['fails', 'b', 'c']);
  const isFlushed = bench.exporter.forceFlush().then(() => true);
  await setImmediate();
  mayFail.resolve();
  await expect.poll(() => bench.exporter.stats().retried).toBeGreaterThan(0);
  expect(await Promise.race([isFlushed, setImmediate(false)])).toBe(false);
  mayAnswer.resolve();
  await isFlushed;
  expect(bench.exporter.stats()).toMatchObject({ delivered: 2, spooled: 1, inFlight: 0 });
});
