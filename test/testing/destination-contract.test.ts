import type { LogRecordExporter, ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { describe, expect, it } from 'vitest';
import { type DestinationAbilities, destinationContract, uidOf } from '../../src/testing/index.ts';

interface Flaws {
  readonly retries?: boolean;
  readonly losesLast?: boolean;
  readonly resendsDelivered?: boolean;
  readonly stopsAtShutdown?: boolean;
  readonly hasDeadline?: boolean;
}

/** The smallest exporter that keeps the contract: one request for each batch, nothing but uids in it. */
class UidExporter implements LogRecordExporter {
  readonly #url: string;
  readonly #timeoutMillis: number;
  readonly #flaws: Flaws;
  readonly #pending: Set<Promise<void>> = new Set();
  #isShutdown = false;

  constructor(url: string, timeoutMillis: number, flaws: Flaws) {
    this.#url = url;
    this.#timeoutMillis = timeoutMillis;
    this.#flaws = flaws;
  }

  export(records: ReadableLogRecord[], resultCallback: (result: { code: number }) => void): void {
    if (this.#isShutdown && this.#flaws.stopsAtShutdown !== false) {
      resultCallback({ code: 1 });
      return;
    }
    const work = this.#deliver(records).then((isDelivered) => {
      this.#pending.delete(work);
      resultCallback({ code: isDelivered ? 0 : 1 });
    });
    this.#pending.add(work);
  }

  async forceFlush(): Promise<void> {
    await Promise.all(this.#pending);
  }

  async shutdown(): Promise<void> {
    this.#isShutdown = true;
    await this.forceFlush();
  }

  async #deliver(records: readonly ReadableLogRecord[]): Promise<boolean> {
    const kept = this.#flaws.losesLast === true ? records.slice(0, -1) : records;
    if (kept.length === 0) return true;
    const lines = kept.map(
      (record) => `${JSON.stringify({ attributes: { uid: uidOf(record) } })}\n`,
    );
    if (this.#flaws.resendsDelivered === true) lines.push(...lines);
    const signal = AbortSignal.timeout(
      this.#flaws.hasDeadline === false ? 6_000 : this.#timeoutMillis,
    );
    const attempts = this.#flaws.retries === false ? 1 : 50;
    for (let attempt = 0; attempt < attempts && !signal.aborted; attempt += 1) {
      const isTaken = await fetch(this.#url, {
        method: 'POST',
        headers: { 'content-type': 'application/x-ndjson' },
        body: lines.join(''),
        signal,
      }).then(
        ({ ok }) => ok,
        () => false,
      );
      if (isTaken) return true;
    }
    return false;
  }
}

type Case = readonly [name: string, run: () => Promise<void>];

function casesFor(
  flaws: Flaws = {},
  abilities: DestinationAbilities = { sizeLimit: false },
): Case[] {
  const cases: Case[] = [];
  destinationContract({
    it: (name, run) => cases.push([name, run]),
    service: 'http',
    createExporter: (services, { timeoutMillis }) =>
      new UidExporter(services.http.url, timeoutMillis, flaws),
    arrived: (services) => services.http.decoded,
    abilities,
  });
  return cases;
}

async function failing(flaws: Flaws): Promise<string[]> {
  const failed = await Promise.all(
    casesFor(flaws).map(([name, run]) =>
      run().then(
        () => [],
        () => [name],
      ),
    ),
  );
  return failed.flat();
}

describe('an exporter that keeps the contract passes:', () => {
  it.each(casesFor())('%s', async (_, run) => {
    await run();
  });
});

describe('an exporter fails the contract when it', () => {
  it('does not send again', async () => {
    expect(await failing({ retries: false })).toEqual(
      expect.arrayContaining([
        'sends again after the service throttled it',
        'sends again after the service was unavailable and failed inside',
        'sends again when the connection was lost before the service took the records',
        'loses nothing when the connection was lost after the service took the records',
      ]),
    );
  });

  it('loses records', async () => {
    expect(await failing({ losesLast: true })).toEqual(
      expect.arrayContaining([
        'delivers every record once',
        'hostile records neither throw nor take their neighbours with them',
        'shuts down twice',
        'flushes and shuts down at once',
      ]),
    );
  });

  it('delivers twice', async () => {
    expect(await failing({ resendsDelivered: true })).toContain('delivers every record once');
  });

  it('goes on after shutdown', async () => {
    expect(await failing({ stopsAtShutdown: false })).toEqual([
      'fails an export after shutdown and sends nothing',
    ]);
  });

  it('waits for a hung service without end', async () => {
    expect(await failing({ hasDeadline: false })).toEqual([
      'fails within its time when the service never answers',
    ]);
  });
});

it('leaves out what the destination cannot do', () => {
  const names = (abilities: DestinationAbilities): string[] =>
    casesFor({}, abilities).map(([name]) => name);
  const all = names({ partialFailure: true, acknowledges: true, sizeLimit: true });
  const least = names({ partialFailure: false, acknowledges: false, sizeLimit: false });
  expect(all).toContain('sends only the failed entries again after a partial failure');
  expect(all.length - least.length).toBe(9);
});
