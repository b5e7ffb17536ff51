import { expect, it } from 'vitest';
import type { SendOutcome } from '../../src/send/send-outcome.ts';
import { bodies, ExporterBench, type ExporterBenchOptions } from '../support/exporter-bench.ts';
import { delivered } from '../support/outcomes.ts';

/** The most requests in flight at a time, while requests pile up for one target and others come. */
async function mostInFlight(options: ExporterBenchOptions['destination'] = {}): Promise<number> {
  let inFlight = 0;
  let most = 0;
  const bench: ExporterBench = new ExporterBench({
    limits: { maxEntries: 2 },
    destination: { targetNames: { name: '{attributes.tenant}' }, ...options },
    send: () => {
      inFlight += 1;
      most = Math.max(most, inFlight);
      return new Promise<SendOutcome>((resolve) => {
        bench.runtime.startTimer(() => {
          inFlight -= 1;
          resolve(delivered);
        }, 100);
      });
    },
  });
  const add = (tenant: string, count: number): void =>
    void bench.export(bodies(count), { attributes: { tenant } });
  const others = ['b', 'c', 'd', 'e', 'f', 'g'];
  for (const tenant of ['a', ...others]) add(tenant, 2);
  await bench.runtime.advance(500);
  add('a', 300);
  for (let round = 0; round < 20; round += 1) {
    await bench.runtime.advance(10);
    for (const tenant of others) add(tenant, 2);
  }
  await bench.flush();
  expect(bench.stats.delivered).toBe(bench.stats.exported);
  return most;
}

it('while requests pile up there are more in flight, and never more than 32', async () => {
  const most = await mostInFlight();
  expect(most).toBeGreaterThan(20);
  expect(most).toBeLessThanOrEqual(32);
});

it('a destination that keeps the limit never has more in flight', async () => {
  expect(await mostInFlight({ keepsConcurrencyLimit: true })).toBe(8);
});
