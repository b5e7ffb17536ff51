import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CloudWatchLogsClient, PutLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { FirehoseClient, PutRecordBatchCommand } from '@aws-sdk/client-firehose';
import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { CloudWatchLogRecordExporter } from 'collectorless/cloudwatch-logs';
import { FirehoseLogRecordExporter } from 'collectorless/firehose';
import { SqsLogRecordExporter } from 'collectorless/sqs';
import { createLogRecord } from 'collectorless/testing';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

/** Keeps all requests and answers so that nothing is sent again. */
const bodies: string[] = [];
let wrongHashes = 0;
const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const body = Buffer.concat(chunks);
    bodies.push(body.toString());
    const hash = createHash('sha256').update(body).digest('hex');
    if (hash !== request.headers['x-amz-content-sha256']) wrongHashes += 1;
    const { Entries = [] }: { Entries?: { Id: string }[] } = JSON.parse(body.toString());
    const Successful = Entries.map(({ Id }) => ({ Id }));
    response.setHeader('content-type', 'application/x-amz-json-1.1');
    response.end(JSON.stringify({ FailedPutCount: 0, Successful }));
  });
});

const credentials = { accessKeyId: 'key', secretAccessKey: 'secret' };
let clientConfig: { endpoint: string; region: string; credentials: typeof credentials };

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  clientConfig = { endpoint: `http://127.0.0.1:${port}`, region: 'eu-west-1', credentials };
});

afterAll(() => server.close());

/** Lone surrogates and control characters too; some are long enough to be written and hashed in another way. */
const anyText = fc
  .tuple(
    fc.oneof(
      fc.string({ unit: 'binary', minLength: 1, maxLength: 300 }),
      fc.string({
        unit: fc.constantFrom(...'"\\\n\u0000\u001b\u007f\ufffe\uffff😀\ud800\udfffé{a1'),
        minLength: 1,
        maxLength: 300,
      }),
    ),
    fc.oneof(
      { arbitrary: fc.constant(1), weight: 8 },
      { arbitrary: fc.integer({ min: 2, max: 400 }), weight: 1 },
    ),
  )
  .map(([text, times]) => text.repeat(times));
const someTexts = fc.array(anyText, { minLength: 1, maxLength: 20 });
const runs = { numRuns: 60, endOnFailure: true };

async function bodyOfExport(
  exporter: FirehoseLogRecordExporter | CloudWatchLogRecordExporter | SqsLogRecordExporter,
  texts: readonly string[],
): Promise<string | undefined> {
  bodies.length = 0;
  exporter.export(
    texts.map((body) => createLogRecord({ body, hrTime: [1_700_000_000, 0] })),
    () => {},
  );
  await exporter.forceFlush();
  await exporter.shutdown();
  return bodies[0];
}

describe('the body of an AWS call', () => {
  test('of Firehose is the one that the SDK would have made', async () => {
    const client = new FirehoseClient(clientConfig);
    await fc.assert(
      fc.asyncProperty(someTexts, async (texts) => {
        const exporter = new FirehoseLogRecordExporter({
          deliveryStreamName: 'logs',
          encoding: 'body',
          clientConfig,
        });
        const ours = await bodyOfExport(exporter, texts);
        bodies.length = 0;
        const Records = texts.map((text) => ({ Data: Buffer.from(`${text}\n`) }));
        await client.send(new PutRecordBatchCommand({ DeliveryStreamName: 'logs', Records }));
        expect(ours).toBe(bodies[0]);
      }),
      runs,
    );
  });

  test('of CloudWatch Logs is the one that the SDK would have made, but for equal escapes', async () => {
    const client = new CloudWatchLogsClient(clientConfig);
    await fc.assert(
      fc.asyncProperty(someTexts, async (texts) => {
        const entity = { keyAttributes: { Type: 'Service', Name: 'shop' }, attributes: {} };
        const names = { logGroupName: '/otel/shop', logStreamName: 'one' };
        const exporter = new CloudWatchLogRecordExporter({
          ...names,
          encoding: 'body',
          entity,
          clientConfig,
        });
        const ours = await bodyOfExport(exporter, texts);
        bodies.length = 0;
        const logEvents = texts.map((text) => ({
          timestamp: 1_700_000_000_000,
          message: text.toWellFormed(),
        }));
        await client.send(new PutLogEventsCommand({ ...names, logEvents, entity }));
        expect(JSON.parse(ours ?? '')).toEqual(JSON.parse(bodies[0] ?? ''));
        expect(Object.keys(JSON.parse(ours ?? ''))).toEqual(
          Object.keys(JSON.parse(bodies[0] ?? '')),
        );
      }),
      runs,
    );
  });

  test('of SQS is the one that the SDK would have made of text that SQS takes', async () => {
    const client = new SQSClient({ ...clientConfig, md5: false });
    const QueueUrl = `${clientConfig.endpoint}/000000000000/logs`;
    const forbidden = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;
    await fc.assert(
      fc.asyncProperty(fc.array(anyText, { minLength: 1, maxLength: 10 }), async (texts) => {
        const exporter = new SqsLogRecordExporter({
          queueUrl: QueueUrl,
          encoding: 'body',
          messageAttributes: { tenant: 'a"b' },
          clientConfig,
        });
        const ours = await bodyOfExport(exporter, texts);
        bodies.length = 0;
        const Entries = texts.map((text, index) => ({
          Id: String(index),
          MessageBody: text
            .toWellFormed()
            .replace(forbidden, (one) => (one < ' ' ? '?' : '\ufffd')),
          MessageAttributes: { tenant: { DataType: 'String', StringValue: 'a"b' } },
        }));
        await client.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
        expect(JSON.parse(ours ?? '')).toEqual(JSON.parse(bodies[0] ?? ''));
        expect(ours).toHaveLength(bodies[0]?.length ?? 0);
      }),
      runs,
    );
  });

  test('is signed with its own hash, made here or in the thread pool', async () => {
    for (const length of [10, 200_000]) {
      const deliveryStreamName = 'logs';
      const exporter = new FirehoseLogRecordExporter({ deliveryStreamName, clientConfig });
      await bodyOfExport(exporter, ['x'.repeat(length)]);
      expect(bodies).toHaveLength(1);
    }
    expect(wrongHashes).toBe(0);
  });
});
