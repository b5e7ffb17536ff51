import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CloudWatchLogsClient, PutLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { FirehoseClient, PutRecordBatchCommand } from '@aws-sdk/client-firehose';
import { CloudWatchLogRecordExporter } from 'collectorless/cloudwatch-logs';
import { FirehoseLogRecordExporter } from 'collectorless/firehose';
import { createLogRecord } from 'collectorless/testing';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

/** Keeps the bodies of all requests and answers so that nothing is sent again. */
const bodies: string[] = [];
const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    bodies.push(Buffer.concat(chunks).toString());
    response.setHeader('content-type', 'application/x-amz-json-1.1');
    response.end('{"FailedPutCount":0}');
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

const anyText = fc
  .string({ unit: 'binary', minLength: 1, maxLength: 300 })
  .map((s) => s.toWellFormed());
const someTexts = fc.array(anyText, { minLength: 1, maxLength: 20 });
const runs = { numRuns: 60, endOnFailure: true };

async function bodyOfExport(
  exporter: FirehoseLogRecordExporter | CloudWatchLogRecordExporter,
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
        const logEvents = texts.map((message) => ({ timestamp: 1_700_000_000_000, message }));
        await client.send(new PutLogEventsCommand({ ...names, logEvents, entity }));
        expect(JSON.parse(ours ?? '')).toEqual(JSON.parse(bodies[0] ?? ''));
        expect(Object.keys(JSON.parse(ours ?? ''))).toEqual(
          Object.keys(JSON.parse(bodies[0] ?? '')),
        );
      }),
      runs,
    );
  });
});
