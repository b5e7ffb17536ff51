import type { DestinationLogRecordExporter } from 'collectorless';
import { CloudWatchLogRecordExporter } from 'collectorless/cloudwatch-logs';
import { FirehoseLogRecordExporter } from 'collectorless/firehose';
import { type LocalServices, startLocalServices } from 'collectorless/testing';
import { afterEach, describe, expect, test } from 'vitest';
import { expectSettled } from '../support/accounts.ts';
import { exportAll } from './export-all.ts';
import { hostileMix, uidOf } from './hostile-mix.ts';

const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const RECORDS = Number(process.env['RECORDS'] ?? 1_500);
const FEWER_RECORDS = 600;

let services: LocalServices;

afterEach(() => services.close());

/** Exports the mix and checks all that must hold of what arrived. */
async function checkMix(
  exporter: DestinationLogRecordExporter,
  count: number,
  messagesOf: (services: LocalServices) => readonly string[],
  options: { readonly parts: boolean } = { parts: false },
): Promise<void> {
  console.info(`seed ${seed}`);
  await exportAll(exporter, hostileMix(seed, count));
  await exporter.forceFlush();
  const stats = exporter.stats();
  await exporter.shutdown();
  expect(services.violations).toEqual([]);
  expect(stats.exported).toBe(count);
  expectSettled(stats);
  const seen = new Set<string>();
  for (const message of messagesOf(services)) {
    const document: unknown = JSON.parse(message);
    const uid = uidOf(document);
    if (uid === undefined) throw new Error(`No uid in ${message.slice(0, 300)}`);
    const part =
      typeof document === 'object' && document !== null && 'part' in document
        ? JSON.stringify(document.part)
        : '';
    if (seen.has(uid + part)) throw new Error(`${uid} is there twice`);
    seen.add(uid + part);
  }
  if (!options.parts) expect(seen.size).toBe(stats.delivered);
}

const linesOf = (from: LocalServices): readonly string[] => from.firehose.lines;
const messagesOf = (from: LocalServices): readonly string[] => from.cloudWatchLogs.messages;

describe('hostile records of any size and time', () => {
  test('arrive at Firehose once, within every limit, or are counted', {
    timeout: 240_000,
  }, async () => {
    services = await startLocalServices();
    const { clientConfig } = services;
    const exporter = new FirehoseLogRecordExporter({ deliveryStreamName: 'logs', clientConfig });
    await checkMix(exporter, RECORDS, linesOf);
  });

  test('arrive at CloudWatch Logs once, within every limit, or are counted', {
    timeout: 240_000,
  }, async () => {
    services = await startLocalServices();
    const { clientConfig } = services;
    const exporter = new CloudWatchLogRecordExporter({ clientConfig });
    await checkMix(exporter, RECORDS, messagesOf);
    // How full they are depends on how fast the machine makes records; one record a request is never the rule.
    expect(services.requests.length).toBeLessThan(RECORDS / 2);
  });

  test('arrive at CloudWatch Logs under the present time when they may be restamped', async () => {
    services = await startLocalServices();
    const { clientConfig } = services;
    const exporter = new CloudWatchLogRecordExporter({ clientConfig, rejected: 'restamp' });
    await checkMix(exporter, FEWER_RECORDS, messagesOf);
    expect(exporter.stats().dropped).toEqual({});
  });

  test('arrive at Firehose as lines of fewer, larger records', async () => {
    services = await startLocalServices();
    const { clientConfig } = services;
    const exporter = new FirehoseLogRecordExporter({
      deliveryStreamName: 'logs',
      aggregation: 'lines',
      compression: 'none',
      clientConfig,
    });
    await checkMix(exporter, FEWER_RECORDS, linesOf);
    expect(services.firehose.recordsNotTakenApart).toEqual([]);
  });

  test.each(['split', 'drop'] as const)(
    'keep to the limits with oversize: %s',
    async (oversize) => {
      services = await startLocalServices();
      const { clientConfig } = services;
      const firehose = new FirehoseLogRecordExporter({
        deliveryStreamName: 'logs',
        oversize,
        clientConfig,
      });
      await checkMix(firehose, FEWER_RECORDS, linesOf, { parts: oversize === 'split' });
      const cloudWatch = new CloudWatchLogRecordExporter({
        oversize,
        rejected: 'restamp',
        clientConfig,
      });
      await checkMix(cloudWatch, FEWER_RECORDS, messagesOf, { parts: oversize === 'split' });
      const tooLarge = cloudWatch.stats().dropped['too_large'] ?? 0;
      expect(tooLarge > 0).toBe(oversize === 'drop');
    },
  );
});
