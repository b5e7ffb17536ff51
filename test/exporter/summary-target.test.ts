import { expect, it } from 'vitest';
import type { SendOutcome } from '../../src/index.ts';
import { droppedCountOf } from '../support/accounts.ts';
import { bodies, ExporterBench, type ExporterBenchOptions } from '../support/exporter-bench.ts';
import { delivered, retryable } from '../support/outcomes.ts';

interface Outage {
  readonly bench: ExporterBench;
  end(): void;
}

/** Three records are lost before anything else happens. */
async function afterLosses(options: ExporterBenchOptions = {}): Promise<Outage> {
  let isOver = false;
  const bench = new ExporterBench({
    encoding: 'json',
    timeoutMillis: 1000,
    send: (): SendOutcome => (isOver ? delivered : retryable()),
    ...options,
  });
  bench.export(bodies(3), { attributes: { tenant: 'lost' } });
  await bench.runtime.advance(2000);
  expect(bench.stats.dropped).toEqual({ retry_exhausted: 3 });
  return {
    bench,
    end: () => {
      isOver = true;
    },
  };
}

const told = (text: string): boolean => text.includes('collectorless.dropped');

it('the summary goes where records were delivered, not to a name of missing attributes', async () => {
  const { bench, end } = await afterLosses({
    destination: { targetNames: { name: 'logs-{attributes.tenant}' } },
  });
  end();
  bench.export(['back'], { attributes: { tenant: 'blue' } });
  await bench.flush();
  expect(
    bench.requests.filter(({ texts }) => texts.some(told)).map(({ target }) => target),
  ).toEqual(['logs-blue']);
  expect(bench.requests.map(({ target }) => target)).not.toContain('logs-unknown');
});

it('no function of the application is asked for the place of the summary', async () => {
  const scopes: string[] = [];
  const { bench, end } = await afterLosses({
    destination: {
      targetNames: {
        name: ({ instrumentationScope }) => {
          scopes.push(instrumentationScope.name);
          return 'a';
        },
      },
    },
  });
  end();
  bench.export(['back']);
  await bench.flush();
  expect(bench.texts.filter(told)).toHaveLength(1);
  expect(scopes).not.toContain('collectorless');
});

it('an encoder that fails on the summary harms nothing', async () => {
  let asked = 0;
  const { bench, end } = await afterLosses({
    encoding: {
      name: 'own',
      contentType: 'text/plain',
      isText: true,
      encode({ body, eventName }) {
        if (eventName === undefined) return String(body);
        asked += 1;
        throw new Error('none of mine');
      },
    },
  });
  end();
  for (let round = 0; round < 3; round += 1) {
    bench.export(['back']);
    await bench.flush();
  }
  expect(asked).toBe(3);
  expect(bench.texts.filter(told)).toEqual([]);
  expect(bench.stats).toMatchObject({
    delivered: 3,
    dropped: { retry_exhausted: 3 },
    inFlight: 0,
    bufferedBytes: 0,
  });
});

it('losses that come while the summary is under way are told with the next', async () => {
  const { bench, end } = await afterLosses({ maxBufferedBytes: 3000 });
  end();
  bench.export(['back']);
  await bench.flush();
  bench.export(bodies(200, 'x'.repeat(100)));
  await bench.flush();
  bench.export(['back']);
  await bench.flush();
  const counts = bench.texts
    .filter(told)
    .map((text): number => JSON.parse(text).attributes.count)
    .reduce((sum, count) => sum + count, 0);
  expect(counts).toBe(droppedCountOf(bench.stats));
});
