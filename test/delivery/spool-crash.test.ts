import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { AppOrder } from '../../bench/chaos/app-order.ts';
import { AppProcess } from '../../bench/chaos/app-process.ts';
import type { ExporterName } from '../../bench/chaos/chaos-exporters.ts';
import { Journal } from '../../bench/chaos/journal.ts';
import { ServicesProcess, type StoredCopies } from '../../bench/chaos/services-process.ts';

/** Those whose services say what they stored; ZeroMQ has no such answer. */
const ANSWERED = ['cloudwatch-logs', 'firehose', 'sqs', 'http'] as const;
const WITHOUT_UMASK = ['/bin/sh', '-c', 'umask 000; exec "$@"', '-'];

/** The services, a directory for the spool, and what the apps on it say. */
interface CrashSite {
  readonly services: ServicesProcess;
  readonly directory: string;
  readonly journal: Journal;
  /** Starts an app; killed with the test. */
  start(order?: Partial<AppOrder>): AppProcess;
  /** Resolves when no record is on disk any more. */
  untilDrained(): Promise<void>;
}

async function openSite(exporters: readonly ExporterName[] = ANSWERED): Promise<CrashSite> {
  const folder = mkdtempSync(join(tmpdir(), 'collectorless-crash-'));
  const directory = join(folder, 'spool');
  const services = await ServicesProcess.start(join(folder, 'stored'), 1);
  onTestFinished(async () => {
    await services.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  const journal = new Journal();
  let incarnation = 0;
  return {
    services,
    directory,
    journal,
    start: (order = {}) => {
      incarnation += 1;
      const { addresses } = services;
      const all = { incarnation, exporters, addresses, directory, recordsPerSecond: 2000 };
      const app = new AppProcess({ ...all, ...order }, journal, WITHOUT_UMASK);
      onTestFinished(() => app.kill());
      return app;
    },
    untilDrained: () => expect.poll(() => spoolFiles(directory), { timeout: 30_000 }).toEqual([]),
  };
}

const spoolFiles = (directory: string): string[] =>
  readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.spool'),
  );

/** The rights of all that is in a folder, each once. */
function modesIn(directory: string): { readonly files: string[]; readonly folders: string[] } {
  const paths = readdirSync(directory, { recursive: true, encoding: 'utf8' });
  const stats = ['', ...paths].flatMap(
    (path) => statSync(join(directory, path), { throwIfNoEntry: false }) ?? [],
  );
  const modes = (wanted: typeof stats): string[] => [
    ...new Set(wanted.map(({ mode }) => (mode & 0o777).toString(8))),
  ];
  return {
    files: modes(stats.filter((stat) => stat.isFile())),
    folders: modes(stats.filter((stat) => stat.isDirectory())),
  };
}

function twice(copies: StoredCopies): string[] {
  return [...copies].filter(([, times]) => times.length > 1).map(([uid]) => uid);
}

function missing(journal: Journal, name: ExporterName, copies: StoredCopies): string[] {
  return [...journal.exporters[name].acked.keys()].filter((uid) => !copies.has(uid));
}

describe('with a spool', () => {
  test('what was acknowledged while the services were down survives two kill -9, private all the time', async () => {
    const { directory, journal, services, start, untilDrained } = await openSite();
    await services.order({ do: 'pause' });
    for (const count of [1500, 3000]) {
      const app = start();
      await expect.poll(() => journal.leastAcked(ANSWERED)).toBeGreaterThanOrEqual(count);
      await app.kill();
    }
    expect(spoolFiles(directory).length).toBeGreaterThan(0);
    expect(modesIn(directory)).toEqual({ files: ['600'], folders: ['700'] });
    await services.order({ do: 'resume' });
    const last = start({ recordsPerSecond: 0 });
    await untilDrained();
    expect(modesIn(directory)).toEqual({ files: ['600'], folders: ['700'] });
    await last.end();
    const stored = await services.stored();
    for (const name of ANSWERED) {
      expect(journal.exporters[name]).toMatchObject({ dropped: new Map(), wrongStats: [] });
      expect(missing(journal, name, stored[name])).toEqual([]);
      expect(twice(stored[name])).toEqual([]);
    }
    expect(services.violations).toEqual([]);
  });

  test('records of two living processes and a dead one on one directory arrive, none twice', async () => {
    const { directory, journal, services, start, untilDrained } = await openSite();
    await services.order({ do: 'pause' });
    const dead = start({ maxRecords: 1000 });
    await expect.poll(() => journal.leastAcked(ANSWERED)).toBe(1000);
    await dead.kill();
    const apps = [start({ maxRecords: 500 }), start({ maxRecords: 500 })];
    await expect.poll(() => journal.leastAcked(ANSWERED)).toBe(2000);
    await services.order({ do: 'resume' });
    await untilDrained();
    await Promise.all(apps.map((app) => app.end()));
    const stored = await services.stored();
    for (const name of ANSWERED) {
      expect(stored[name].size).toBe(2000);
      expect(twice(stored[name])).toEqual([]);
    }
    expect(spoolFiles(directory)).toEqual([]);
  });

  test('a process that was stopped while another lived on sends nothing that the other sent', async () => {
    const { journal, services, start, untilDrained } = await openSite();
    await services.order({ do: 'pause' });
    const stopped = start({ maxRecords: 1000 });
    await expect.poll(() => journal.leastAcked(ANSWERED)).toBe(1000);
    stopped.signal('SIGSTOP');
    const other = start({ maxRecords: 500 });
    await expect.poll(() => journal.leastAcked(ANSWERED)).toBe(1500);
    await services.order({ do: 'resume' });
    const storedCount = async (): Promise<number> => (await services.stored()).http.size;
    await expect.poll(storedCount).toBe(500);
    await other.end();
    stopped.signal('SIGCONT');
    await untilDrained();
    await stopped.end();
    const stored = await services.stored();
    for (const name of ANSWERED) {
      expect(stored[name].size).toBe(1500);
      expect(twice(stored[name])).toEqual([]);
    }
  });

  test('calls that fail before they are stored, and parts of calls, make no record arrive twice', async () => {
    const { journal, services, start, untilDrained } = await openSite();
    await services.order({
      do: 'faults',
      faults: [
        { kind: 'throttle', rate: 0.15 },
        { kind: 'service-unavailable', rate: 0.15 },
        { kind: 'reset-before-accept', rate: 0.15 },
        { kind: 'partial-failure', service: 'firehose', rate: 0.5 },
        { kind: 'partial-failure', service: 'sqs', rate: 0.5 },
      ],
    });
    const app = start({ maxRecords: 3000 });
    await expect.poll(() => journal.leastAcked(ANSWERED)).toBe(3000);
    await services.order({ do: 'faults', faults: [] });
    await untilDrained();
    await app.end();
    const stored = await services.stored();
    for (const name of ANSWERED) {
      expect(stored[name].size).toBe(3000);
      expect(twice(stored[name])).toEqual([]);
    }
    expect(services.violations).toEqual([]);
  });
});
