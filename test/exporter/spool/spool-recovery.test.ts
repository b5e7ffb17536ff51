import { expect, it, onTestFinished, vi } from 'vitest';
import { DestinationLogRecordExporter } from '../../../src/exporter/destination-log-record-exporter.ts';
import { systemRuntime } from '../../../src/exporter/runtime.ts';
import { Spool } from '../../../src/spool/spool.ts';
import { openSpoolBench, SwitchableService } from '../../support/spool-bench.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { toldLines } from '../../support/told-lines.ts';

const YEAR_MILLIS = 365 * 86_400_000;

interface HeldLoads {
  /** Files that were read, of which nobody heard yet. */
  readonly count: () => number;
  readonly release: () => void;
}

/** A disk so slow that files which are read do not come back before the test wants it. */
function holdLoads(): HeldLoads {
  const load = Spool.prototype.load;
  const held = Promise.withResolvers<void>();
  let count = 0;
  const spy = vi.spyOn(Spool.prototype, 'load');
  onTestFinished(() => spy.mockRestore());
  spy.mockImplementation(async function (this: Spool, file) {
    const entries = await load.call(this, file);
    count += 1;
    await held.promise;
    return entries;
  });
  return { count: () => count, release: () => held.resolve() };
}

/** Leaves a record on disk that the next exporter finds. */
async function leave(
  body: string,
  options: { readonly service: SwitchableService; readonly directory: string },
): Promise<void> {
  const { service } = options;
  service.isDown = true;
  const { export: log, exporter } = openSpoolBench({ ...options, destination: ordered(service) });
  await log([body]);
  await exporter.shutdown();
  service.isDown = false;
}

function ordered({ send }: SwitchableService) {
  return { name: 'bench', ordered: true, send };
}

it('what is logged while an older file is being read comes after it', async () => {
  const options = { directory: tempFolder(), service: new SwitchableService() };
  await leave('old', options);
  const loads = holdLoads();
  const { export: log, exporter } = openSpoolBench({
    ...options,
    destination: ordered(options.service),
  });
  await expect.poll(loads.count).toBe(1);
  await log(['new']);
  loads.release();
  await exporter.forceFlush();
  expect(options.service.stored).toEqual(['old', 'new']);
});

it('a jump of the date makes no record on disk too old to be sent', async () => {
  const options = { directory: tempFolder(), service: new SwitchableService() };
  await leave('a', options);
  const loads = holdLoads();
  let jumpMillis = 0;
  const exporter = new DestinationLogRecordExporter(
    {
      encoding: 'body',
      spool: { directory: options.directory, maxAgeMillis: 3_600_000 },
      destination: ordered(options.service),
    },
    { ...systemRuntime, wallMillis: () => Date.now() + jumpMillis },
  );
  await expect.poll(loads.count).toBe(1);
  jumpMillis = YEAR_MILLIS;
  loads.release();
  await exporter.forceFlush();
  await exporter.shutdown();
  expect(exporter.stats()).toMatchObject({ adopted: 1, delivered: 1, dropped: {} });
});

it.each([
  ['another address', { spoolScope: 'http://corrected' }, {}],
  ['another encoding', {}, { encoding: 'json' }],
] as const)('what waits for %s is not sent from here, and told', async (_what, scope, options) => {
  const lines = toldLines();
  const directory = tempFolder();
  const service = new SwitchableService();
  await leave('old', { service, directory });
  const destination = { ...ordered(service), ...scope };
  const { exporter } = openSpoolBench({ directory, service, destination, ...options });
  await exporter.forceFlush();
  await exporter.shutdown();
  expect(service.stored).toEqual([]);
  expect(lines).toContainEqual(
    expect.stringMatching(
      /bench: the spool holds up to 1 log record of ended processes for another region, address or encoding.*bench-/,
    ),
  );
});
