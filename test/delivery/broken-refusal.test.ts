import { CloudWatchLogRecordExporter } from 'collectorless/cloudwatch-logs';
import { createLogRecord, startLocalServices } from 'collectorless/testing';
import { expect, test } from 'vitest';
import { exportAll } from './export-all.ts';

test('a refusal of which only a half arrives costs no record: nobody knows what it said', async () => {
  await using services = await startLocalServices({
    // The group is missing: the first answer says so.
    faults: [{ kind: 'malformed-answer', form: 'half', operation: 'PutLogEvents', times: 1 }],
  });
  const exporter = new CloudWatchLogRecordExporter({
    retry: { initialBackoffMillis: 1 },
    clientConfig: services.clientConfig,
  });
  await exportAll(exporter, [createLogRecord()]);
  await exporter.forceFlush();
  const stats = exporter.stats();
  await exporter.shutdown();
  expect(services.requests[0]?.error).toBe('ResourceNotFoundException');
  expect(stats).toMatchObject({ delivered: 1, dropped: {} });
  expect(services.cloudWatchLogs.events).toHaveLength(1);
});
