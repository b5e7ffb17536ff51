import { expect, it } from 'vitest';
import type { Destination } from '../../../src/index.ts';
import { openSpoolBench, SwitchableService } from '../../support/spool-bench.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const FILE_BYTES = 20_000;

/** The records of a process whose targets had one name, in the care of one whose targets have two. */
async function openRenamed(): Promise<{
  readonly service: SwitchableService;
  readonly bench: ReturnType<typeof openSpoolBench>;
}> {
  const service = new SwitchableService();
  const directory = tempFolder();
  const limits = { maxEntries: 10, maxEntryBytes: 100_000, maxRequestBytes: 100_000 };
  const destination = (targetNames: Destination['targetNames']): Destination => ({
    name: 'bench',
    ordered: true,
    limits,
    send: service.send,
    ...(targetNames === undefined ? {} : { targetNames }),
  });
  service.isDown = true;
  const before = openSpoolBench({
    service,
    directory,
    shutdownTimeoutMillis: 100,
    destination: destination({ stream: 'a' }),
  });
  for (const name of ['0', '1', '2']) await before.export([`<${name}>`.padEnd(FILE_BYTES, '.')]);
  await before.exporter.shutdown();
  const bench = openSpoolBench({
    service,
    directory,
    // Room for one of the files, and for a little more.
    maxBufferedBytes: 3 * FILE_BYTES,
    destination: destination({ stream: 'a', shard: 'b' }),
  });
  await expect.poll(() => bench.exporter.stats().adopted).toBe(3);
  return { service, bench };
}

it('a flush does not wait for a target that fails, also when its records were stored under fewer names', async () => {
  const { bench, service } = await openRenamed();
  await expect.poll(() => service.requests).toBeGreaterThan(20);
  const sinceMillis = performance.now();
  await bench.exporter.forceFlush();
  expect(performance.now() - sinceMillis).toBeLessThan(3_000);
});

it('records stored under fewer names come before all that came later to an ordered target', async () => {
  const { bench, service } = await openRenamed();
  await expect.poll(() => service.requests).toBeGreaterThan(20);
  await bench.export(['<3>']);
  service.isDown = false;
  await expect.poll(() => service.stored.length, { timeout: 10_000 }).toBe(4);
  expect(service.stored.map((body) => body.slice(0, 3))).toEqual(['<0>', '<1>', '<2>', '<3>']);
});
