import { expect, it } from 'vitest';
import { systemRuntime } from '../../src/exporter/runtime.ts';
import { DestinationLogRecordExporter } from '../../src/index.ts';

it.for(['forceFlush', 'shutdown'] as const)(
  '%s holds the process until its own time limit has passed',
  async (wait) => {
    const started: string[] = [];
    const exporter = new DestinationLogRecordExporter(
      {
        destination: { name: 'memory', send: async () => {} },
        flushTimeoutMillis: 4321,
        shutdownTimeoutMillis: 4321,
      },
      {
        ...systemRuntime,
        startTimer(task, delayMillis) {
          started.push(`timer ${delayMillis}`);
          return systemRuntime.startTimer(task, delayMillis);
        },
        holdProcess(maxMillis) {
          started.push(`hold ${maxMillis}`);
          return systemRuntime.holdProcess(maxMillis);
        },
      },
    );
    await exporter[wait]();
    // Timers of one length end in the order of their start, and the limit's timer holds nothing by itself.
    expect(started.indexOf('timer 4321')).toBeGreaterThanOrEqual(0);
    expect(started.indexOf('hold 4321')).toBeGreaterThan(started.indexOf('timer 4321'));
  },
);
