import { SQSClient } from '@aws-sdk/client-sqs';
import { DiagLogLevel, diag } from '@opentelemetry/api';
import { HttpLogRecordExporter } from 'collectorless/http';
import { SqsLogRecordExporter } from 'collectorless/sqs';
import { createLogRecord, startLocalServices } from 'collectorless/testing';
import { ZeroMqLogReceiver } from 'collectorless/zeromq';
import { afterEach, beforeEach, expect, it, onTestFinished } from 'vitest';
import { Push } from 'zeromq';
import { startEchoServer } from './support/echo-server.ts';

let told = 0;

beforeEach(() => {
  told = 0;
  const fail = (): never => {
    told += 1;
    throw new Error('the logger is broken');
  };
  diag.setLogger(
    { error: fail, warn: fail, info: () => {}, debug: () => {}, verbose: () => {} },
    { logLevel: DiagLogLevel.ALL, suppressOverrideMessage: true },
  );
});
afterEach(() => diag.disable());

// An unhandled rejection fails the run, as it would end an application.
it('a complaint of Sumo Logic to a broken diag logger ends nothing', async () => {
  const body = JSON.stringify({ code: 'header.invalid', message: 'x' });
  const base = await startEchoServer(() => ({ status: 200, body }));
  const exporter = new HttpLogRecordExporter({ url: `${base}/`, preset: 'sumologic' });
  exporter.export([createLogRecord()], () => {});
  await exporter.forceFlush();
  await expect.poll(() => told).toBe(1);
  await exporter.shutdown();
  expect(exporter.stats()).toMatchObject({ delivered: 1, retried: 0 });
});

it('a wrong checksum and a broken diag logger send no message twice', async () => {
  await using services = await startLocalServices({
    sqs: { queues: { logs: {} } },
  });
  const client = new SQSClient({ ...services.clientConfig, maxAttempts: 1 });
  onTestFinished(() => client.destroy());
  client.middlewareStack.add(
    (next) => async (args) => {
      await next(args);
      throw new Error('Invalid MD5 checksum on messages: 0f7d');
    },
    { step: 'initialize', name: 'checksums' },
  );
  const exporter = new SqsLogRecordExporter({ queueUrl: services.sqs.queueUrl('logs'), client });
  exporter.export([createLogRecord()], () => {});
  await exporter.shutdown();
  expect(told).toBe(1);
  expect(services.sqs.messages).toHaveLength(1);
  expect(exporter.stats()).toMatchObject({ delivered: 1, retried: 0 });
});

it('a damaged message and a broken diag logger do not end a ZeroMQ receiver', async () => {
  const records: unknown[] = [];
  const receiver = new ZeroMqLogReceiver({
    endpoint: 'tcp://127.0.0.1:0',
    handlers: [{ match: () => true, handle: (data) => void records.push(data) }],
  });
  await receiver.start();
  onTestFinished(() => receiver.close());
  const push = new Push({ linger: 0 });
  onTestFinished(() => push.close());
  push.connect(receiver.endpoint ?? '');
  await push.send(['PLJ', '{"no JSON']);
  await push.send(['PLJ', '{"body":"whole"}']);
  await expect.poll(() => records.length).toBe(1);
  expect(told).toBe(1);
});
