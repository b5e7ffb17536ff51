import assert from 'node:assert/strict';
import type { DestinationLogRecordExporter } from '../../../src/index.ts';
import { createLogRecord } from '../../../src/testing/index.ts';

/** How long a request may be tried against a server that makes no sense. */
const FUZZED_TIMEOUT_MILLIS = 250;

/** The options of every fuzzed exporter: short waits. */
export const QUICK_OPTIONS: {
  readonly acknowledge: 'delivered';
  readonly timeoutMillis: number;
  readonly retry: { readonly initialBackoffMillis: number; readonly maxBackoffMillis: number };
} = {
  acknowledge: 'delivered',
  timeoutMillis: FUZZED_TIMEOUT_MILLIS,
  retry: { initialBackoffMillis: 5, maxBackoffMillis: 50 },
};

/** Exports some records; every one of them has to be delivered or dropped for a reason, told once. */
export async function checkFates(exporter: DestinationLogRecordExporter, count = 5): Promise<void> {
  let callbacks = 0;
  exporter.export(
    Array.from({ length: count }, () => createLogRecord()),
    () => {
      callbacks += 1;
    },
  );
  await exporter.forceFlush();
  const { delivered, dropped, exported, inFlight } = exporter.stats();
  await exporter.shutdown();
  const droppedCount = Object.values(dropped).reduce((sum, one) => sum + one, 0);
  assert.deepEqual(
    { exported, inFlight, callbacks },
    { exported: count, inFlight: 0, callbacks: 1 },
  );
  assert.equal(delivered + droppedCount, count);
}
