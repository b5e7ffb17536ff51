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

interface ShortAnswer {
  readonly status: number;
  readonly text: string;
}

const MISSING: ShortAnswer = { status: 400, text: '{"__type":"ResourceNotFoundException"}' };
const DONE: ShortAnswer = { status: 200, text: '{}' };

/** Answers without an end, until so many bytes have left; to these calls in short. */
async function startServer(
  status: number,
  shortAnswers: Readonly<Record<string, ShortAnswer>> = {},
): Promise<{ url: string; longestBytes: () => number }> {
  let longestBytes = 0;
  const server = createServer(async (request, response) => {
    request.resume();
    const short = shortAnswers[String(request.headers['x-amz-target'])];
    if (short !== undefined) {
      response.writeHead(short.status).end(short.text);
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
    {},
    (options: object) => new SqsLogRecordExporter({ ...options, queueName: 'logs' }),
  ],
  [
    'that creates a log stream',
    { 'Logs_20140328.PutLogEvents': MISSING },
    (options: object) => new CloudWatchLogRecordExporter({ ...options, logGroupName: 'shop' }),
  ],
  [
    'that creates a log group',
    { 'Logs_20140328.PutLogEvents': MISSING, 'Logs_20140328.CreateLogStream': MISSING },
    (options: object) => new CloudWatchLogRecordExporter({ ...options, logGroupName: 'shop' }),
  ],
  [
    'that sets how long a log group keeps its events',
    {
      'Logs_20140328.PutLogEvents': MISSING,
      'Logs_20140328.CreateLogStream': MISSING,
      'Logs_20140328.CreateLogGroup': DONE,
    },
    (options: object) =>
      new CloudWatchLogRecordExporter({ ...options, logGroupName: 'shop', retentionInDays: 7 }),
  ],
])('the answer to a call %s is broken off, too', async (_what, shortAnswers, create) => {
  const { longestBytes, url } = await startServer(200, shortAnswers);
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
