import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { CloudWatchLogRecordExporter } from 'collectorless/cloudwatch-logs';
import { FirehoseLogRecordExporter } from 'collectorless/firehose';
import { KinesisLogRecordExporter } from 'collectorless/kinesis';
import { SqsLogRecordExporter } from 'collectorless/sqs';
import { createLogRecord } from 'collectorless/testing';
import { expect, it, onTestFinished } from 'vitest';

const MANY_BYTES = 64 * 1024 * 1024;
const PIECE = Buffer.alloc(256 * 1024, ' ');

/** Answers without an end, until so many bytes have left; to these calls that their target is missing. */
async function startServer(
  status: number,
  missing?: string,
): Promise<{ url: string; longestBytes: () => number }> {
  let longestBytes = 0;
  const server = createServer(async (request, response) => {
    request.resume();
    if (request.headers['x-amz-target'] === missing) {
      response.writeHead(400).end('{"__type":"ResourceNotFoundException"}');
      return;
    }
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' });
    for (let bytes = 0; bytes < MANY_BYTES && !response.destroyed; bytes += PIECE.length) {
      longestBytes = Math.max(longestBytes, bytes);
      await new Promise((resolve) => response.write(PIECE, resolve));
      await setImmediate();
    }
    response.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, longestBytes: () => longestBytes };
}

it.each([200, 400])(
  'an answer with status %i that does not end is broken off, and what it answered is sent again',
  async (status) => {
    const { longestBytes, url } = await startServer(status);
    const credentials = { accessKeyId: 'key', secretAccessKey: 'secret' };
    const options = {
      clientConfig: { endpoint: url, region: 'eu-west-1', credentials },
      timeoutMillis: 2_000,
      retry: { initialBackoffMillis: 1_000, maxBackoffMillis: 1_000, backoffMultiplier: 1 },
    };
    const exporters = [
      new FirehoseLogRecordExporter({ ...options, deliveryStreamName: 'logs' }),
      new CloudWatchLogRecordExporter({ ...options, logGroupName: 'shop', logStreamName: 'logs' }),
      new KinesisLogRecordExporter({ ...options, streamName: 'logs' }),
      new SqsLogRecordExporter({ ...options, queueUrl: `${url}/1/logs` }),
    ];
    for (const exporter of exporters) exporter.export([createLogRecord()], () => {});
    await expect
      .poll(() => exporters.map((exporter) => exporter.stats().retried > 0), { timeout: 10_000 })
      .toEqual([true, true, true, true]);
    expect(longestBytes()).toBeLessThan(MANY_BYTES / 2);
    await Promise.all(exporters.map((exporter) => exporter.shutdown()));
  },
);

it.each([
  [
    'that asks for the address of a queue',
    'AmazonSQS.SendMessageBatch',
    (options: object) => new SqsLogRecordExporter({ ...options, queueName: 'logs' }),
  ],
  [
    'that creates a log stream',
    'Logs_20140328.PutLogEvents',
    (options: object) => new CloudWatchLogRecordExporter({ ...options, logGroupName: 'shop' }),
  ],
])('the answer to a call %s is broken off, too', async (_what, missing, create) => {
  const { longestBytes, url } = await startServer(200, missing);
  const credentials = { accessKeyId: 'key', secretAccessKey: 'secret' };
  const exporter = create({
    clientConfig: { endpoint: url, region: 'eu-west-1', credentials },
    timeoutMillis: 2_000,
    retry: { initialBackoffMillis: 1_000, maxBackoffMillis: 1_000, backoffMultiplier: 1 },
  });
  exporter.export([createLogRecord()], () => {});
  await expect.poll(() => exporter.stats().retried, { timeout: 10_000 }).toBeGreaterThan(0);
  expect(longestBytes()).toBeGreaterThan(0);
  expect(longestBytes()).toBeLessThan(MANY_BYTES / 2);
  await exporter.shutdown();
});
