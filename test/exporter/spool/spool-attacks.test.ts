import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { SendOutcome } from '../../../src/index.ts';
import {
  openSpoolBench,
  SwitchableService,
  spoolFiles,
  throttledOnce,
} from '../../support/spool-bench.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const limitsOf = (maxEntryBytes: number) => ({
  maxEntries: 10,
  maxEntryBytes,
  maxRequestBytes: 100_000,
});

describe('an entry on disk that is larger than its target takes by now', () => {
  it('is cut when the target said so while it was there', async () => {
    const directory = tempFolder();
    const service = new SwitchableService();
    service.isDown = true;
    const bench = openSpoolBench({
      service,
      directory,
      encoding: 'json',
      destination: {
        name: 'bench',
        limits: limitsOf(5000),
        send: async (request, context) => {
          if (!service.isDown && request.entries.some(({ bytes }) => bytes.length > 1000)) {
            const error = new Error('too large');
            const refusal = { status: 'rejected', reason: 'too_large', error } as const;
            return {
              status: 'partial',
              entries: request.entries.map(() => ({ ...refusal, maxEntryBytes: 1000 })),
            };
          }
          return service.send(request, context);
        },
      },
    });
    for (let file = 0; file < 5; file += 1) await bench.export([`${file}`.padEnd(2000, 'x')]);
    service.isDown = false;
    await expect.poll(() => bench.exporter.stats().delivered).toBe(5);
    await bench.exporter.forceFlush();
    expect(bench.exporter.stats()).toMatchObject({ spooled: 0, dropped: {}, bufferedBytes: 0 });
  });

  it('is cut when the next process allows less', async () => {
    const directory = tempFolder();
    const service = new SwitchableService();
    service.isDown = true;
    const options = { service, directory, encoding: 'json' as const };
    const first = openSpoolBench({
      ...options,
      destination: { name: 'bench', limits: limitsOf(5000), send: service.send },
    });
    await first.export(['a'.repeat(2000), 'b']);
    await first.exporter.shutdown();
    service.isDown = false;
    const second = openSpoolBench({
      ...options,
      destination: { name: 'bench', limits: limitsOf(1000), send: service.send },
    });
    await expect.poll(() => second.exporter.stats().delivered).toBe(2);
    expect(Math.max(...service.stored.map((text) => text.length))).toBeLessThanOrEqual(1000);
  });
});

it('one call that is larger than the memory is taken in turns', async () => {
  const service = new SwitchableService();
  const bench = openSpoolBench({
    service,
    directory: tempFolder(),
    maxBufferedBytes: 1_000_000,
  });
  await bench.export(Array.from({ length: 512 }, (_, index) => `${index}`.padEnd(3000, 'x')));
  await bench.exporter.forceFlush();
  expect(bench.exporter.stats()).toMatchObject({ delivered: 512, dropped: {} });
});

it('many dead targets leave room in memory, and living ones are served', async () => {
  const service = new SwitchableService();
  const bench = openSpoolBench({
    service,
    directory: tempFolder(),
    maxBufferedBytes: 2_000_000,
    maxTargets: 4,
    destination: {
      name: 'bench',
      targetNames: { name: (record) => String(record.body).slice(0, 5) },
      limits: limitsOf(10_000),
      send: async (request, context): Promise<SendOutcome> =>
        request.target.key.startsWith('dead')
          ? { status: 'retryable', error: new Error('dead') }
          : ((await service.send(request, context)) ?? { status: 'delivered' }),
    },
  });
  for (let round = 0; round < 20; round += 1) {
    for (const target of ['dead1', 'dead2', 'dead3', 'live1']) {
      await bench.export(
        Array.from({ length: 20 }, (_, i) => `${target}-${round}-${i}`.padEnd(3000, 'x')),
      );
      expect(bench.exporter.stats().bufferedBytes).toBeLessThan(2_200_000);
    }
  }
  await expect.poll(() => bench.exporter.stats().delivered).toBe(400);
  expect(bench.exporter.stats()).toMatchObject({ spooled: 1200, dropped: {} });
});

it('more targets than there are places: those that fail make room for those that answer', async () => {
  const directory = tempFolder();
  const service = new SwitchableService();
  service.isDown = true;
  const deadOnes = new Set(['dead1', 'dead2']);
  const options = {
    service,
    directory,
    destination: {
      name: 'bench',
      targetNames: {
        name: (record: { readonly body?: unknown }) => String(record.body).slice(0, 5),
      },
      send: async (request, context): Promise<SendOutcome> =>
        deadOnes.has(request.target.key)
          ? { status: 'retryable', error: new Error('dead') }
          : ((await service.send(request, context)) ?? { status: 'delivered' }),
    },
  } satisfies Parameters<typeof openSpoolBench>[0];
  const first = openSpoolBench(options);
  for (const target of ['dead1', 'dead2', 'live1']) await first.export([`${target}-a`]);
  await first.exporter.shutdown();
  expect(first.exporter.stats().spooled).toBe(3);
  service.isDown = false;
  const second = openSpoolBench({ ...options, maxTargets: 2 });
  await expect.poll(() => second.exporter.stats().delivered).toBe(1);
  expect(service.stored).toEqual(['live1-a']);
});

it('more targets than there are places: one that begins to fail makes room, too', async () => {
  const service = new SwitchableService();
  service.isDown = true;
  const failing = Promise.withResolvers<SendOutcome>();
  let requests = 0;
  const options = {
    service,
    directory: tempFolder(),
    shutdownTimeoutMillis: 300,
    destination: {
      name: 'bench',
      targetNames: { name: (record: { readonly body?: unknown }) => String(record.body) },
      send: async (request, context): Promise<SendOutcome> => {
        if (request.target.key === 'dead') {
          requests += 1;
          return failing.promise;
        }
        return (await service.send(request, context)) ?? { status: 'delivered' };
      },
    },
  } satisfies Parameters<typeof openSpoolBench>[0];
  const first = openSpoolBench(options);
  await first.export(['live']);
  await first.exporter.shutdown();
  service.isDown = false;
  const second = openSpoolBench({ ...options, maxTargets: 1 });
  await second.export(['dead']);
  await expect.poll(() => requests).toBe(1);
  await expect.poll(() => second.exporter.stats().adopted).toBe(1);
  // Until what was found is looked at.
  await sleep(400);
  expect(service.stored).toEqual([]);
  failing.resolve({ status: 'retryable', error: new Error('dead') });
  await expect.poll(() => service.stored).toEqual(['live']);
});

it('a shutdown waits for the answers under way when one request is throttled', async () => {
  const directory = tempFolder();
  const service = new SwitchableService();
  const { send, throttle } = throttledOnce(service);
  const bench = openSpoolBench({
    service,
    directory,
    // Room for the repeated request beside all others, also at a target that has not proved itself.
    concurrencyLimit: 16,
    destination: {
      name: 'bench',
      limits: { maxEntries: 10, maxEntryBytes: 1000, maxRequestBytes: 100_000 },
      send,
    },
  });
  await bench.export(Array.from({ length: 50 }, (_, index) => `${index}`));
  const closed = bench.exporter.shutdown();
  await setImmediate();
  throttle();
  await closed;
  expect(bench.exporter.stats()).toMatchObject({ delivered: 50, spooled: 0 });
  expect(new Set(service.stored).size).toBe(50);
  expect(spoolFiles(directory)).toEqual([]);
});

it('records that were taken back before they were on disk are no success', async () => {
  const service = new SwitchableService();
  const bench = openSpoolBench({ service, directory: tempFolder() });
  const result = bench.export(['a', 'b']);
  expect(
    bench.exporter.takeBack().records.length + bench.exporter.takeBack().entries.length,
  ).toBeLessThanOrEqual(2);
  expect((await result).code).toBe(1);
  expect(bench.exporter.stats()).toMatchObject({ dropped: { shut_down: 2 }, spooled: 0 });
});

it('closes the destination when others left files that are being taken over', async () => {
  const directory = tempFolder();
  const service = new SwitchableService();
  service.isDown = true;
  for (let owner = 0; owner < 4; owner += 1) {
    const left = openSpoolBench({ service, directory });
    await left.export([`${owner}`]);
    await left.exporter.shutdown();
  }
  let closed = 0;
  const bench = openSpoolBench({
    service,
    directory,
    destination: {
      name: 'bench',
      send: service.send,
      close: () => {
        closed += 1;
      },
    },
  });
  await expect.poll(() => bench.exporter.stats().adopted).toBe(4);
  await bench.exporter.shutdown();
  expect(closed).toBe(1);
  expect(bench.exporter.stats()).toMatchObject({ spooled: 4, bufferedBytes: 0, dropped: {} });
});

it('a key that is wrong for a while costs nothing of what is on disk', async () => {
  const service = new SwitchableService();
  let isDenied = true;
  const bench = openSpoolBench({
    service,
    directory: tempFolder(),
    destination: {
      name: 'bench',
      send: async (request, context) => {
        const error = new Error('AccessDenied');
        return isDenied
          ? { status: 'rejected', reason: 'rejected', error, isMisconfigured: true }
          : service.send(request, context);
      },
    },
  });
  await bench.export(['a', 'b']);
  await bench.exporter.forceFlush();
  expect(bench.exporter.stats()).toMatchObject({ spooled: 2, dropped: {} });
  isDenied = false;
  await expect.poll(() => bench.exporter.stats().delivered, { timeout: 20_000 }).toBe(2);
});
