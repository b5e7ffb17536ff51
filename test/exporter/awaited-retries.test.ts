import { describe, expect, it } from 'vitest';
import type { SendOutcome } from '../../src/send/send-outcome.ts';
import { ExporterBench, type SentRequest } from '../support/exporter-bench.ts';

const down = (): SendOutcome => ({ status: 'retryable', error: new Error('down') });

function pausesOf(requests: readonly SentRequest[]): number[] {
  return requests
    .slice(1)
    .map(({ atMillis }, index) => atMillis - (requests[index]?.atMillis ?? 0));
}

describe('while a service fails', () => {
  it.each(['forceFlush', 'shutdown'] as const)(
    '%s waits no longer than a second from attempt to attempt',
    async (method) => {
      const bench = new ExporterBench({
        send: down,
        flushTimeoutMillis: 8000,
        shutdownTimeoutMillis: 8000,
      });
      bench.export(['one']);
      void bench.exporter[method]();
      await bench.runtime.advance(8000);
      expect(bench.requests.length).toBeGreaterThan(8);
      expect(Math.max(...pausesOf(bench.requests))).toBeLessThanOrEqual(1000);
    },
  );

  it('pauses are as long as `retry` says when nobody waits, also after a flush that was in vain', async () => {
    const bench = new ExporterBench({ send: down, flushTimeoutMillis: 2000 });
    bench.export(['one']);
    void bench.exporter.forceFlush();
    await bench.runtime.advance(2000);
    bench.requests.length = 0;
    await bench.runtime.advance(60_000);
    expect(Math.max(...pausesOf(bench.requests))).toBeGreaterThan(1000);
  });

  it('a shorter `maxBackoffMillis` stays as short', async () => {
    const bench = new ExporterBench({ send: down, retry: { maxBackoffMillis: 300 } });
    bench.export(['one']);
    void bench.exporter.forceFlush();
    await bench.runtime.advance(5000);
    expect(Math.max(...pausesOf(bench.requests))).toBeLessThanOrEqual(300);
  });

  it('a wait that the service asked for is not cut short by a flush', async () => {
    const bench = new ExporterBench({ send: () => ({ ...down(), retryAfterMillis: 5000 }) });
    bench.export(['one']);
    void bench.exporter.forceFlush();
    await bench.runtime.advance(4000);
    expect(bench.requests).toHaveLength(1);
  });
});
