import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseFileName } from '../../src/spool/file-name.ts';
import { kept, type OpenSpool, SpoolSite, targetNamed, textsOf } from './support/spool-site.ts';

type Step =
  | { readonly kind: 'store'; readonly target: string; readonly recordCounts: readonly number[] }
  | { readonly kind: 'load'; readonly decided: readonly number[]; readonly unload: boolean }
  | { readonly kind: 'corrupt'; readonly place: number }
  | { readonly kind: 'crash' }
  | { readonly kind: 'close' };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('store' as const),
      target: fc.constantFrom('a', 'b'),
      recordCounts: fc.array(fc.nat(3), { minLength: 1, maxLength: 4 }),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('load' as const),
      decided: fc.array(fc.nat(3), { maxLength: 5 }),
      unload: fc.boolean(),
    }),
  },
  fc.record({ kind: fc.constant('corrupt' as const), place: fc.nat() }),
  fc.constant<Step>({ kind: 'crash' }),
  fc.constant<Step>({ kind: 'close' }),
);

/** Plays steps against a simple model: the records of each batch that are not decided, by entry. */
class Play {
  readonly #site: SpoolSite;
  readonly #batches = new Map<number, Map<number, number>>();
  readonly #corrupted = new Set<number>();
  #opened: OpenSpool;
  /** Told by spools that are closed. */
  #lostRecords = 0;
  #lastNumber = 0;

  constructor(site: SpoolSite, opened: OpenSpool) {
    this.#site = site;
    this.#opened = opened;
  }

  async take(move: Step): Promise<void> {
    if (move.kind === 'store') await this.#store(move.target, move.recordCounts);
    else if (move.kind === 'load') await this.#load(move.decided, move.unload);
    else if (move.kind === 'corrupt') this.#corrupt(move.place);
    else await this.#reopen(move.kind);
    this.#checkCounts();
  }

  /** All that was stored and not decided comes back, but for what was damaged, which was told. */
  async finish(): Promise<void> {
    await this.#reopen('crash');
    while (this.#opened.spool.nextStored() !== undefined) await this.#load([0, 1, 2, 3], false);
    this.#checkCounts();
    expect(this.#opened.spool).toMatchObject({ recordCount: 0, fileCount: 0, bytes: 0 });
    for (const number of this.#batches.keys()) expect(this.#corrupted).toContain(number);
    await this.#opened.spool.close();
    expect(this.#site.spoolPaths()).toEqual([]);
    this.#site.remove();
  }

  async #store(key: string, recordCounts: readonly number[]): Promise<void> {
    this.#lastNumber += 1;
    const number = this.#lastNumber;
    const entries = recordCounts.map((recordCount, index) => {
      const bytes = Buffer.from(`${number}.${index}`);
      // So that the file's name tells the number.
      return { bytes, recordCount, timeMillis: number, lastTimeMillis: number };
    });
    await kept(this.#opened.spool, entries, targetNamed(key));
    this.#batches.set(number, new Map(recordCounts.entries()));
  }

  async #load(decided: readonly number[], unload: boolean): Promise<void> {
    const { spool, told } = this.#opened;
    const file = spool.nextStored();
    if (file === undefined) return;
    const lossCount = told.losses.length;
    const entries = await spool.load(file);
    if (entries instanceof Error) {
      expect(told.losses).toHaveLength(lossCount + 1);
      return;
    }
    const number = Number.parseInt(String(entries[0]?.bytes), 10);
    const batch = this.#batches.get(number) ?? new Map<number, number>();
    expect(entries.map(({ index, recordCount }) => [index, recordCount])).toEqual([...batch]);
    expect(textsOf(entries)).toEqual([...batch.keys()].map((index) => `${number}.${index}`));
    spool.decide(file, decided);
    for (const index of decided) batch.delete(index);
    if (batch.size === 0) this.#batches.delete(number);
    else if (unload) spool.unload(file);
  }

  #corrupt(place: number): void {
    const paths = this.#site.spoolPaths();
    const path = paths[place % Math.max(1, paths.length)];
    if (path === undefined) return;
    const bytes = readFileSync(this.#site.pathOf(path));
    const offset = place % bytes.length;
    bytes[offset] = (bytes[offset] ?? 0) ^ 0x5a;
    writeFileSync(this.#site.pathOf(path), bytes);
    this.#corrupted.add(parseFileName(basename(path))?.firstTimeMillis ?? 0);
  }

  async #reopen(how: 'crash' | 'close'): Promise<void> {
    await this.#opened.spool.settle();
    if (how === 'close') await this.#opened.spool.close();
    else await this.#opened.disk.die();
    this.#lostRecords += lostRecords(this.#opened);
    this.#opened = await this.#site.open();
  }

  #checkCounts(): void {
    const undecided = [...this.#batches.values()].flatMap((batch) => [...batch.values()]);
    const lost = this.#lostRecords + lostRecords(this.#opened);
    expect(this.#opened.spool.recordCount + lost).toBe(
      undecided.reduce((sum, count) => sum + count, 0),
    );
  }
}

function lostRecords({ told }: OpenSpool): number {
  return told.losses.reduce((sum, { recordCount }) => sum + recordCount, 0);
}

it('whatever happens, nothing decided comes back, all else does or is told as lost, and counts add up', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 20 }), async (steps) => {
      const site = new SpoolSite();
      const play = new Play(site, await site.open());
      for (const move of steps) await play.take(move);
      await play.finish();
    }),
    { numRuns: 60 },
  );
});
