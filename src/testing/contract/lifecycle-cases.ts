import { strict as assert } from 'node:assert';
import { type ContractCase, contractRun, createLogRecords } from './contract-run.ts';

/** Flush and shutdown: https://opentelemetry.io/docs/specs/otel/logs/sdk/#logrecordexporter */
export const lifecycleCases: readonly ContractCase[] = [
  {
    name: 'flushes when there is nothing to flush',
    run: (options) =>
      contractRun(options, async ({ exporter, services }) => {
        await exporter.forceFlush();
        assert.equal(services.requests.length, 0);
      }),
  },
  {
    name: 'shuts down twice',
    run: (options) =>
      contractRun(options, async ({ exporter, export: send, assertArrivedOnce }) => {
        const records = createLogRecords(3);
        const sent = send(records);
        await Promise.all([exporter.shutdown(), exporter.shutdown()]);
        await exporter.shutdown();
        assert.equal(await sent, 0);
        assertArrivedOnce(records);
      }),
  },
  {
    name: 'fails an export after shutdown and sends nothing',
    run: (options) =>
      contractRun(options, async ({ exporter, export: send, assertArrivedOnce }) => {
        await exporter.shutdown();
        assert.equal(await send(createLogRecords(1)), 1);
        await exporter.forceFlush();
        assertArrivedOnce([]);
      }),
  },
  {
    name: 'flushes and shuts down at once',
    run: (options) =>
      contractRun(options, async ({ exporter, export: send, assertArrivedOnce }) => {
        const records = createLogRecords(50);
        const sent = send(records);
        await Promise.all([exporter.forceFlush(), exporter.shutdown(), exporter.forceFlush()]);
        assert.equal(await sent, 0);
        assertArrivedOnce(records);
      }),
  },
];
