import type { DestinationLogRecordExporter } from 'collectorless';
import { CloudWatchLogRecordExporter } from 'collectorless/cloudwatch-logs';
import { FirehoseLogRecordExporter } from 'collectorless/firehose';
import {
  createLogRecord,
  type Fault,
  type LocalServices,
  startLocalServices,
} from 'collectorless/testing';
import { afterEach, describe, expect, test } from 'vitest';
import { exportAll } from './export-all.ts';
import { uidOf } from './hostile-mix.ts';

const RECORDS = 20_000;
const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31));

/** Together 45 % of all calls. */
const DISTURBANCES: readonly Fault[] = [
  { kind: 'service-unavailable', rate: 0.09 },
  { kind: 'throttle', rate: 0.09 },
  { kind: 'expired-credentials', rate: 0.09 },
  { kind: 'internal-error', rate: 0.09 },
  { kind: 'reset-before-accept', rate: 0.09 },
  { kind: 'partial-failure', service: 'firehose', fraction: 1 / 3, rate: 0.15 },
];

const FAST_RETRY = { initialBackoffMillis: 5, maxBackoffMillis: 50 };

let services: LocalServices;

afterEach(() => services.close());

function* smallRecords(): Generator<ReturnType<typeof createLogRecord>> {
  for (let index = 0; index < RECORDS; index += 1) {
    yield createLogRecord({ body: `record ${index}`, attributes: { uid: String(index) } });
  }
}

async function checkAllArriveOnce(
  exporter: DestinationLogRecordExporter,
  messages: () => readonly string[],
): Promise<void> {
  console.info(`seed ${seed}`);
  const results = await exportAll(exporter, smallRecords());
  await exporter.forceFlush();
  const stats = exporter.stats();
  await exporter.shutdown();
  expect(results.every((result) => result.code === 0)).toBe(true);
  expect(stats).toMatchObject({ exported: RECORDS, delivered: RECORDS, dropped: {}, inFlight: 0 });
  expect(services.violations).toEqual([]);
  const uids = messages().map((message) => uidOf(JSON.parse(message)));
  expect(uids).toHaveLength(RECORDS);
  expect(new Set(uids).size).toBe(RECORDS);
  expect(stats.retried).toBeGreaterThan(0);
}

describe('with 45 % of the calls disturbed', () => {
  test.each(['accepted', 'delivered'] as const)(
    'Firehose gets everything once (acknowledge: %s)',
    async (acknowledge) => {
      services = await startLocalServices({ faults: DISTURBANCES, seed });
      const exporter = new FirehoseLogRecordExporter({
        deliveryStreamName: 'logs',
        acknowledge,
        retry: FAST_RETRY,
        clientConfig: services.clientConfig,
      });
      await checkAllArriveOnce(exporter, () => services.firehose.lines);
    },
  );

  test.each(['accepted', 'delivered'] as const)(
    'CloudWatch Logs gets everything once (acknowledge: %s)',
    async (acknowledge) => {
      services = await startLocalServices({ faults: DISTURBANCES, seed });
      const exporter = new CloudWatchLogRecordExporter({
        acknowledge,
        retry: FAST_RETRY,
        clientConfig: services.clientConfig,
      });
      await checkAllArriveOnce(exporter, () => services.cloudWatchLogs.messages);
    },
  );
});

test('only records whose answer was lost are there twice', async () => {
  services = await startLocalServices({
    faults: [{ kind: 'reset-after-accept', rate: 0.3 }],
    seed,
  });
  const exporter = new FirehoseLogRecordExporter({
    deliveryStreamName: 'logs',
    retry: FAST_RETRY,
    clientConfig: services.clientConfig,
  });
  await exportAll(exporter, smallRecords());
  await exporter.forceFlush();
  const { delivered, retried } = exporter.stats();
  await exporter.shutdown();
  expect(delivered).toBe(RECORDS);
  const uids = services.firehose.lines.map((line) => uidOf(JSON.parse(line)));
  expect(new Set(uids).size).toBe(RECORDS);
  expect(uids.length - RECORDS).toBe(retried);
});
