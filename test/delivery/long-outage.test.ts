import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import type { SendOutcome } from '../../src/send/send-outcome.ts';
import { createLogRecord } from '../../src/testing/index.ts';
import { droppedCountOf } from '../support/accounts.ts';
import { ExporterBench, type ExporterBenchOptions } from '../support/exporter-bench.ts';
import { tempFolder } from '../support/temp-folder.ts';

const DAY_SECONDS = 24 * 60 * 60;
const STEP_SECONDS = 300;
/**
 * The clock is not the machine's, so a day takes as long as its records take: 86.4 million of them at 1,000 a
 * second. RECORDS_PER_SECOND=1000 is the whole outage; without it one record stands for a thousand, and the
 * bounds are as much smaller. All else, each second of the clock, each file and each attempt, is the same.
 */
const RECORDS_PER_SECOND = Number(process.env['RECORDS_PER_SECOND'] ?? 1);
const SPOOL_BYTES = 1024 * 1024 * Math.max(1, RECORDS_PER_SECOND / 10);
const BATCH_RECORDS = Math.min(4096, STEP_SECONDS * RECORDS_PER_SECOND);
const FLAT_BYTES = 16 * 1024 * 1024;

/** An exporter with a spool on a clock of the test's own, whose service is down until it is said to be up. */
class Outage {
  isOver = false;
  /** Numbers of the records that arrived. */
  readonly arrived: number[] = [];
  /** How many records are said to be missing, by the record that says so. */
  readonly toldMissing: number[] = [];
  readonly bench: ExporterBench;
  #emitted = 0;

  constructor(spool: ExporterBenchOptions['spool']) {
    this.bench = new ExporterBench({
      ...(spool === undefined ? {} : { spool }),
      maxBufferedBytes: 8 * 1024 * 1024,
      limits: { maxEntries: 10_000, maxRequestBytes: 4_000_000 },
      send: ({ texts }) => this.#answer(texts),
    });
  }

  /** Records that the destination was told it does not get. */
  get missing(): number {
    return this.toldMissing.reduce((sum, count) => sum + count, 0);
  }

  get emitted(): number {
    return this.#emitted;
  }

  #answer(texts: readonly string[]): SendOutcome {
    this.bench.requests.length = 0;
    if (!this.isOver) return { status: 'retryable', error: new Error('The service is down') };
    for (const text of texts) {
      const to = text.includes('dropped') ? this.toldMissing : this.arrived;
      to.push(Number.parseInt(text, 10));
    }
    return { status: 'delivered' };
  }

  /** Logs for so long, in batches; resolves when all are acknowledged. */
  async log(seconds: number): Promise<void> {
    const endCount = this.#emitted + seconds * RECORDS_PER_SECOND;
    while (this.#emitted < endCount) {
      const count = Math.min(BATCH_RECORDS, endCount - this.#emitted);
      const hrTime: [number, number] = [Math.floor(this.bench.runtime.wallMillis() / 1000), 0];
      const records = Array.from({ length: count }, (_, index) =>
        createLogRecord({ hrTime, body: `${this.#emitted + index} of a day, ${'x'.repeat(40)}` }),
      );
      this.#emitted += count;
      const call = this.bench.exportRecords(records);
      await this.until(() => call.answers > 0);
      expect(call.result?.code).toBe(0);
    }
    this.bench.calls.length = 0;
    await this.bench.runtime.advance(seconds * 1000);
    // The disk is a real one: it works while the test's clock stands still.
    await this.turns(4);
  }

  async until(isDone: () => boolean): Promise<void> {
    while (!isDone()) await this.turns(1);
  }

  async turns(count: number): Promise<void> {
    for (let turn = 0; turn < count; turn += 1) await this.bench.runtime.settle();
  }

  /** The service is back: resolves when nothing is left to send. */
  async end(): Promise<void> {
    this.isOver = true;
    const { runtime } = this.bench;
    await this.until(() => {
      void runtime.advance(100);
      const { inFlight, spooled } = this.bench.stats;
      return inFlight + spooled === 0;
    });
  }

  checkBooks(): void {
    expect(this.bench.stats.exported).toBe(this.#emitted);
    expect(this.bench.imbalance()).toBe(0);
  }
}

function heapBytes(): number {
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  collect();
  return process.memoryUsage().heapUsed;
}

describe('24 hours in which the service is down', () => {
  test.each([
    ['spool_full', { maxBytes: SPOOL_BYTES }],
    ['spool_expired', { maxAgeMillis: 6 * 60 * 60 * 1000 }],
  ])(
    'cost a bounded disk and a flat memory, and every record is in the books (%s)',
    {
      timeout: 3_600_000,
    },
    async (reason, bounds) => {
      const outage = new Outage({ directory: tempFolder(), ...bounds });
      const { bench } = outage;
      let quarterBytes = 0;
      for (let second = 0; second < DAY_SECONDS; second += STEP_SECONDS) {
        await outage.log(STEP_SECONDS);
        outage.checkBooks();
        const { bufferedBytes, spooledBytes } = bench.stats;
        if ('maxBytes' in bounds) expect(spooledBytes).toBeLessThanOrEqual(bounds.maxBytes);
        expect(bufferedBytes).toBeLessThanOrEqual(8 * 1024 * 1024);
        if (second === DAY_SECONDS / 2) quarterBytes = heapBytes();
      }
      expect(heapBytes() - quarterBytes).toBeLessThan(FLAT_BYTES);
      expect(bench.stats.delivered).toBe(0);

      await outage.end();
      outage.checkBooks();
      const { delivered, dropped } = bench.stats;
      expect(Object.keys(dropped)).toEqual([reason]);
      const lost = droppedCountOf(bench.stats);
      expect(lost).toBeGreaterThan(outage.emitted / 2);
      expect(bench.drops.reduce((sum, { count }) => sum + count, 0)).toBe(lost);
      await outage.until(() => outage.missing >= lost);
      expect(outage.missing).toBe(lost);
      expect(outage.arrived).toHaveLength(delivered);
      const arrived = new Set(outage.arrived);
      expect(arrived.size).toBe(delivered);
      // What was lost is the oldest, but for what was on its way.
      let newest = 0;
      while (arrived.has(outage.emitted - 1 - newest)) newest += 1;
      expect(newest).toBeGreaterThanOrEqual(delivered - 2 * BATCH_RECORDS);
      await bench.shutdown();
    },
  );
});
