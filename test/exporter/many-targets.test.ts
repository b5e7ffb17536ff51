import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { DestinationLogRecordExporter } from '../../src/index.ts';
import { createLogRecord } from '../../src/testing/index.ts';

const TARGETS = 2_000;

it('two thousand targets at a time cost each request no look from each of them at all others', async () => {
  const exporter = new DestinationLogRecordExporter({
    maxTargets: TARGETS,
    destination: {
      name: 'bench',
      targetNames: { stream: '{attributes.stream}' },
      async send() {
        await setImmediate();
        return { status: 'delivered' };
      },
    },
  });
  const records = Array.from({ length: TARGETS }, (_, index) =>
    createLogRecord({ attributes: { stream: `s${index}` } }),
  );
  const before = process.cpuUsage();
  exporter.export(records, () => {});
  await exporter.forceFlush();
  const { system, user } = process.cpuUsage(before);
  await exporter.shutdown();
  expect(exporter.stats().delivered).toBe(TARGETS);
  // A look at each takes about 10 ns: by each target for each request it would be half a minute and more.
  expect((system + user) / 1_000).toBeLessThan(5_000);
}, 120_000);
