import { expect, it, onTestFinished, vi } from 'vitest';
import { createCloudWatchLogsDestination } from '../../src/destinations/cloudwatch-logs/cloudwatch-logs-destination.ts';
import { createFirehoseDestination } from '../../src/destinations/firehose/firehose-destination.ts';
import { createHttpDestination } from '../../src/destinations/http/http-destination.ts';
import { createKinesisDestination } from '../../src/destinations/kinesis/kinesis-destination.ts';
import { createSqsDestination } from '../../src/destinations/sqs/sqs-destination.ts';
import { ReusedMemory } from '../../src/exporter/reused-memory.ts';
import { type LocalServices, startLocalServices } from '../../src/testing/index.ts';

const DESTINATIONS = {
  'CloudWatch Logs': ({ clientConfig }: LocalServices) => ({
    destination: createCloudWatchLogsDestination({ clientConfig }),
    names: { logGroupName: 'group', logStreamName: 'stream' },
  }),
  Firehose: ({ clientConfig }: LocalServices) => ({
    destination: createFirehoseDestination({ deliveryStreamName: 'logs', clientConfig }),
    names: { deliveryStreamName: 'logs' },
  }),
  HTTP: ({ http: { url } }: LocalServices) => ({
    destination: createHttpDestination({ url }),
    names: { url },
  }),
  Kinesis: ({ clientConfig }: LocalServices) => ({
    destination: createKinesisDestination({ streamName: 'logs', clientConfig }),
    names: { streamName: 'logs', partitionKey: 'key' },
  }),
  SQS: ({ clientConfig }: LocalServices) => {
    const queueUrl = `${clientConfig.endpoint}/000000000000/logs`;
    return { destination: createSqsDestination({ queueUrl, clientConfig }), names: { queueUrl } };
  },
} as const;

it.each(Object.entries(DESTINATIONS))(
  '%s makes its bodies in the memory that it hands to its exporter',
  async (_name, create) => {
    await using services = await startLocalServices({
      cloudWatchLogs: { groups: { group: ['stream'] } },
    });
    const { destination, names } = create(services);
    const { memory } = destination;
    expect(memory).toBeInstanceOf(ReusedMemory);
    const take = vi.spyOn(ReusedMemory.prototype, 'take');
    onTestFinished(() => take.mockRestore());
    const bytes = Buffer.from(`${JSON.stringify({ body: 'x'.repeat(100_000) })}\n`);
    const entry = { bytes, recordCount: 1, timeMillis: Date.now(), sequence: 1 };
    const { signal } = new AbortController();
    const request = { target: { key: 'one', names }, entries: [entry] };
    expect(await destination.send(request, { signal })).toMatchObject({ status: 'delivered' });
    expect(take).toHaveBeenCalled();
    expect(take.mock.contexts.every((taken) => taken === memory)).toBe(true);
    await destination.close?.();
  },
);
