import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { Spool } from '../../../src/spool/spool.ts';
import type { LoadedEntry, SpoolEntry } from '../../../src/spool/spool-entry.ts';
import type { SpoolEvents, SpoolLoss } from '../../../src/spool/spool-events.ts';
import type { SpoolFile } from '../../../src/spool/spool-file.ts';
import type { SpoolSettings } from '../../../src/spool/spool-settings.ts';
import type { SpoolTarget } from '../../../src/spool/spool-target.ts';
import { FakeRuntime } from '../../support/fake-runtime.ts';
import { DisturbedFileSystem } from './disturbed-file-system.ts';

/** What a spool told. */
export class ToldEvents implements SpoolEvents {
  readonly adoptedFiles: SpoolFile[] = [];
  readonly losses: SpoolLoss[] = [];
  readonly asides: { readonly path: string; readonly why: string }[] = [];
  readonly strandedRecords: { readonly path: string; readonly recordCount: number }[] = [];
  /** Codes of errors, and `recovered`. */
  readonly health: string[] = [];

  adopted(file: SpoolFile): void {
    this.adoptedFiles.push(file);
  }

  lost(loss: SpoolLoss): void {
    this.losses.push(loss);
  }

  setAside(info: { readonly path: string; readonly why: string }): void {
    this.asides.push(info);
  }

  stranded(info: { readonly path: string; readonly recordCount: number }): void {
    this.strandedRecords.push(info);
  }

  trouble(error: Error): void {
    this.health.push('code' in error ? String(error.code) : error.message);
  }

  recovered(): void {
    this.health.push('recovered');
  }
}

/** A spool of a test with all that is around it. */
export interface OpenSpool {
  readonly spool: Spool;
  readonly told: ToldEvents;
  readonly disk: DisturbedFileSystem;
}

/** A directory in which spools of a test come and go; time stands still until the test moves it. */
export class SpoolSite {
  readonly directory: string = mkdtempSync(join(tmpdir(), 'collectorless-spool-'));
  readonly runtime: FakeRuntime = new FakeRuntime();

  constructor() {
    onTestFinished(() => this.remove());
  }

  get group(): string {
    return join(this.directory, 'group');
  }

  create(settings: Partial<SpoolSettings> = {}): OpenSpool {
    const told = new ToldEvents();
    const disk = new DisturbedFileSystem();
    const spool = new Spool({
      directory: this.directory,
      group: 'group',
      maxBytes: Number.POSITIVE_INFINITY,
      maxAgeMillis: Number.POSITIVE_INFINITY,
      events: told,
      clock: this.runtime,
      fileSystem: disk,
      ...settings,
    });
    onTestFinished(() => disk.die());
    return { spool, told, disk };
  }

  async open(settings: Partial<SpoolSettings> = {}): Promise<OpenSpool> {
    const opened = this.create(settings);
    await opened.spool.open();
    return opened;
  }

  /** Paths below the directory, of files and folders, without locks. */
  paths(): string[] {
    if (!existsSync(this.directory)) return [];
    const all = readdirSync(this.directory, { recursive: true, encoding: 'utf8' });
    return all.filter((path) => !path.endsWith('/lock')).sort();
  }

  spoolPaths(): string[] {
    return this.paths().filter((path) => path.endsWith('.spool') && !path.includes('set-aside'));
  }

  pathOf(path: string | undefined): string {
    if (path === undefined) throw new Error('There is no such file');
    return join(this.directory, path);
  }

  /** The rights of all that is below the directory, by path. */
  modes(): Readonly<Record<string, string>> {
    const all = readdirSync(this.directory, { recursive: true, encoding: 'utf8' });
    const modeOf = (path: string): string =>
      (statSync(join(this.directory, path)).mode & 0o777).toString(8);
    return Object.fromEntries(all.map((path) => [path, modeOf(path)]));
  }

  remove(): void {
    if (existsSync(this.directory)) chmodSync(this.directory, 0o700);
    rmSync(this.directory, { recursive: true, force: true });
  }
}

export const target: SpoolTarget = { key: 'logs', names: { deliveryStreamName: 'logs' } };

export function targetNamed(key: string): SpoolTarget {
  return { key, names: { queueName: key } };
}

/** Entries of one record a text. */
export function entriesOf(...texts: readonly string[]): SpoolEntry[] {
  return texts.map((text, index) => ({
    bytes: Buffer.from(text),
    recordCount: 1,
    timeMillis: 1000 + index,
    lastTimeMillis: 1000 + index,
  }));
}

/** Stores, or throws why not. */
export async function stored(
  spool: Spool,
  entries: readonly SpoolEntry[],
  at: SpoolTarget = target,
): Promise<SpoolFile> {
  const file = await spool.store(at, entries);
  if (file instanceof Error) throw file;
  return file;
}

/** Stores and gives it back to the disk. */
export async function kept(
  spool: Spool,
  entries: readonly SpoolEntry[],
  at: SpoolTarget = target,
): Promise<SpoolFile> {
  const file = await stored(spool, entries, at);
  spool.unload(file);
  return file;
}

/** Loads, or throws why not. */
export async function loaded(spool: Spool, file: SpoolFile): Promise<readonly LoadedEntry[]> {
  const entries = await spool.load(file);
  if (entries instanceof Error) throw entries;
  return entries;
}

/** Loads the next file, which must be there. */
export async function loadedNext(
  spool: Spool,
): Promise<{ readonly file: SpoolFile; readonly texts: readonly string[] }> {
  const file = spool.nextStored();
  if (file === undefined) throw new Error('Nothing is stored');
  return { file, texts: textsOf(await loaded(spool, file)) };
}

/** The texts of all that is stored, by file, the oldest first; it counts as loaded then. */
export async function loadedTexts(spool: Spool): Promise<string[][]> {
  const texts: string[][] = [];
  for (let file = spool.nextStored(); file !== undefined; file = spool.nextStored()) {
    const entries = await spool.load(file);
    if (!(entries instanceof Error)) texts.push(textsOf(entries));
  }
  return texts;
}

export function textsOf(entries: readonly SpoolEntry[]): string[] {
  return entries.map(({ bytes }) => Buffer.from(bytes).toString());
}

/** The targets that have stored files, as the spool asks its filter about them. */
export function storedTargets(spool: Spool): SpoolTarget[] {
  const targets: SpoolTarget[] = [];
  spool.nextStored(({ target }) => {
    targets.push(target);
    return false;
  });
  return targets;
}
