import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Violation } from '../../src/testing/index.ts';
import { type Account, account } from './account.ts';
import { AppFleet } from './app-fleet.ts';
import { EXPORTER_NAMES } from './chaos-exporters.ts';
import { EVENTS, type EventName, planChaos } from './chaos-plan.ts';
import { Disturbances } from './disturbances.ts';
import { whyNoFileSizeLimit } from './file-size-limit.ts';
import { Journal } from './journal.ts';
import { type ChaosScene, performEvent } from './perform-event.ts';
import { ServicesProcess } from './services-process.ts';
import { SmallDisk } from './small-disk.ts';
import { spooledRecords, spoolPaths } from './spool-folder.ts';

export interface ChaosOptions {
  readonly seed: number;
  readonly durationMillis: number;
  /** Of each app. Default 200. */
  readonly recordsPerSecond?: number;
  /** Mounts a small disk for the spool where that is allowed. Default true. */
  readonly mounts?: boolean;
  /** Hears what is going on. */
  readonly onProgress?: (text: string) => void;
}

export interface ChaosResult {
  readonly accounts: readonly Account[];
  readonly violations: readonly Violation[];
  /** How often each event and each kind of weather was there. */
  readonly injected: ReadonlyMap<string, number>;
  /** Events that were not, and why. */
  readonly notInjected: ReadonlyMap<EventName, string>;
  /** What the exporters told `diag`. */
  readonly messages: readonly string[];
}

const APPS = 2;
const DRAIN_MILLIS = 90_000;
const DRAIN_LOOK_MILLIS = 200;

/** Runs the apps and the services through all that the seed has in store, and accounts for every record. */
export async function runChaos(options: ChaosOptions): Promise<ChaosResult> {
  const folder = mkdtempSync(join(tmpdir(), 'collectorless-chaos-'));
  const directory = join(folder, 'spool');
  mkdirSync(directory, { mode: 0o700 });
  const disk = options.mounts === false ? new Error('not asked for') : SmallDisk.mount(directory);
  const services = await ServicesProcess.start(join(folder, 'stored'), options.seed);
  const journal = new Journal();
  const { recordsPerSecond = 200 } = options;
  const order = {
    exporters: EXPORTER_NAMES,
    addresses: services.addresses,
    directory,
    recordsPerSecond,
  };
  const fleet = new AppFleet(order, journal, APPS);
  try {
    return await run(options, disk, {
      services,
      fleet,
      journal,
      disturbances: new Disturbances(),
      directory,
      disk: disk instanceof Error ? undefined : disk,
    });
  } finally {
    await fleet.destroy();
    await services.stop();
    if (!(disk instanceof Error)) disk.unmount();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function run(
  { durationMillis, onProgress = () => {}, seed }: ChaosOptions,
  disk: SmallDisk | Error,
  scene: ChaosScene & { readonly journal: Journal },
): Promise<ChaosResult> {
  const { directory, disturbances, fleet, journal, services } = scene;
  const notInjected = impossibleEvents(disk);
  const allEvents = Object.keys(EVENTS) as EventName[];
  const events = allEvents.filter((event) => !notInjected.has(event));
  const injected = new Map<string, number>();
  for (const step of planChaos({ seed, durationMillis, events })) {
    onProgress(`${step.weather.name} + ${step.event}`);
    for (const name of [step.weather.name, step.event])
      injected.set(name, (injected.get(name) ?? 0) + 1);
    const startMillis = Date.now();
    await services.order({ do: 'faults', faults: step.weather.faults });
    await performEvent(step, scene);
    disturbances.lostAnswers(step.weather.losesAnswersOf, startMillis, Date.now());
    await services.order({ do: 'restore' });
  }
  for (const event of events)
    if (!injected.has(event)) notInjected.set(event, 'the run is too short');

  onProgress('calm, and the end of the apps');
  await services.order({ do: 'faults', faults: [] });
  const endMillis = Date.now();
  await fleet.end();
  disturbances.lostAnswers(EXPORTER_NAMES, endMillis, Date.now());
  onProgress('a last process sends what is on disk');
  const last = fleet.start({ recordsPerSecond: 0 });
  await untilDrained(directory);
  await last.end();

  const stored = await services.stored();
  const accounts = EXPORTER_NAMES.map((name) =>
    account({
      name,
      emitted: journal.emitted,
      journal: journal.exporters[name],
      copies: stored[name],
      spooled: spooledRecords(directory, name),
      disturbances,
    }),
  );
  const { messages } = journal;
  return { accounts, violations: services.violations, injected, notInjected, messages };
}

function impossibleEvents(disk: SmallDisk | Error): Map<EventName, string> {
  const reasons = new Map<EventName, string>();
  if (disk instanceof Error) reasons.set('full disk', `no small disk: ${disk.message.trim()}`);
  const noLimit = whyNoFileSizeLimit();
  if (noLimit !== undefined) reasons.set('file size limit of the app', noLimit);
  return reasons;
}

async function untilDrained(directory: string): Promise<void> {
  const deadlineMillis = Date.now() + DRAIN_MILLIS;
  const isDrained = (): boolean =>
    spoolPaths(directory).every((path) => path.includes('set-aside'));
  while (!isDrained() && Date.now() < deadlineMillis) await wait(DRAIN_LOOK_MILLIS);
}
