import { randomUUID } from 'node:crypto';
import type { OutputLogEvent } from '@aws-sdk/client-cloudwatch-logs';
import {
  CloudWatchLogsClient,
  DeleteLogStreamCommand,
  DescribeLogGroupsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { CloudWatchLogRecordExporter } from 'collectorless/cloudwatch-logs';
import { type DecodedLogRecord, decodeLogRecords } from 'collectorless/decode';
import { createResource } from 'collectorless/testing';
import { describe, expect, test } from 'vitest';
import { clientConfig } from './support/client-config.ts';
import { deliver } from './support/deliver.ts';
import { expectSameRecords } from './support/expect-same-records.ts';
import { sourceRecords } from './support/source-records.ts';
import { storedLogEvents } from './support/stored-log-events.ts';

const DISTINCT_CALLS = 2_500;

describe.each(['moto', 'ministack'] as const)('CloudWatch Logs of %s', (emulator) => {
  const config = clientConfig(emulator);

  test.each(['json', 'otlp-json'] as const)('holds every record once: %s', async (encoding) => {
    const logGroupName = `/orders/${randomUUID()}`;
    const records = sourceRecords(DISTINCT_CALLS);
    const exporter = new CloudWatchLogRecordExporter({
      encoding,
      logGroupName,
      clientConfig: config,
      acknowledge: 'delivered',
    });

    await deliver(exporter, records);

    const events = await storedLogEvents(config, logGroupName);
    expect(Object.keys(events)).toEqual(['orders-1']);
    const stored = events['orders-1'] ?? [];
    expectSameRecords(decodeEvents(stored), records);
    expect(stored.map(({ timestamp }) => timestamp)).toEqual(
      records.map(({ hrTime: [seconds, nanos] }) => seconds * 1_000 + Math.floor(nanos / 1e6)),
    );
  });

  test('a log group is made on first use, with its retention, a stream for each resource', async () => {
    const logGroupName = `/made/${randomUUID()}`;
    const records = sourceRecords(20).map((record, index) => ({
      ...record,
      resource: createResource({ 'service.name': 'made', 'service.instance.id': `i-${index % 4}` }),
    }));
    const exporter = new CloudWatchLogRecordExporter({
      logGroupName,
      retentionInDays: 14,
      tags: { team: 'orders' },
      clientConfig: config,
      acknowledge: 'delivered',
    });

    await deliver(exporter, records);

    const events = await storedLogEvents(config, logGroupName);
    expect(Object.keys(events).sort()).toEqual(['i-0', 'i-1', 'i-2', 'i-3']);
    expectSameRecords(Object.values(events).flatMap(decodeEvents), records);
    const client = new CloudWatchLogsClient(config);
    const { logGroups } = await client.send(
      new DescribeLogGroupsCommand({ logGroupNamePrefix: logGroupName }),
    );
    client.destroy();
    expect(logGroups).toMatchObject([{ logGroupName, retentionInDays: 14 }]);
  });

  test('a stream that someone deletes is made again', async () => {
    const logGroupName = `/deleted/${randomUUID()}`;
    const options = { logGroupName, clientConfig: config, acknowledge: 'delivered' } as const;
    const exporter = new CloudWatchLogRecordExporter({ ...options, logStreamName: 'one' });
    const client = new CloudWatchLogsClient(config);
    const send = (count: number): Promise<unknown> =>
      new Promise((resolve) => exporter.export(sourceRecords(count), resolve));
    await send(3);
    await client.send(new DeleteLogStreamCommand({ logGroupName, logStreamName: 'one' }));
    client.destroy();

    await send(5);

    await exporter.shutdown();
    expect(exporter.stats()).toMatchObject({ exported: 8, delivered: 8 });
    expect((await storedLogEvents(config, logGroupName))['one']).toHaveLength(5);
  });
});

function decodeEvents(events: readonly OutputLogEvent[]): DecodedLogRecord[] {
  return events.flatMap(({ message = '' }) => decodeLogRecords(message));
}
