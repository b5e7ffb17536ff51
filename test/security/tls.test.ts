import { createServer, Agent as HttpsAgent } from 'node:https';
import type { AddressInfo } from 'node:net';
import { CloudWatchLogRecordExporter } from 'collectorless/cloudwatch-logs';
import { FirehoseLogRecordExporter } from 'collectorless/firehose';
import { HttpLogRecordExporter } from 'collectorless/http';
import { SqsLogRecordExporter } from 'collectorless/sqs';
import { createLogRecord } from 'collectorless/testing';
import { Agent, type Dispatcher } from 'undici';
import { expect, it, onTestFinished } from 'vitest';
import { createCertificate } from '../cli/doctor/support/create-certificate.ts';

/** A service whose certificate nobody vouches for. */
async function startSelfSigned(): Promise<{ readonly url: string; readonly heard: string[] }> {
  const heard: string[] = [];
  const server = createServer(createCertificate('localhost'), ({ method = '' }, response) => {
    heard.push(method);
    response.end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `https://localhost:${(server.address() as AddressInfo).port}`, heard };
}

type Create = (
  url: string,
  unverified: boolean,
) => HttpLogRecordExporter | FirehoseLogRecordExporter;

const common = { shutdownTimeoutMillis: 500 };
const clientConfig = (endpoint: string, unverified: boolean): object => ({
  endpoint,
  region: 'us-east-1',
  credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'secret' },
  ...(unverified
    ? { requestHandler: { httpsAgent: new HttpsAgent({ rejectUnauthorized: false }) } }
    : {}),
});
const dispatcher = (): Dispatcher => {
  const agent = new Agent({ connect: { rejectUnauthorized: false } });
  onTestFinished(() => agent.destroy());
  return agent;
};
const exporters: Readonly<Record<string, Create>> = {
  http: (url, unverified) =>
    new HttpLogRecordExporter({ url, ...common, ...(unverified && { dispatcher: dispatcher() }) }),
  firehose: (url, unverified) =>
    new FirehoseLogRecordExporter({
      deliveryStreamName: 'logs',
      clientConfig: clientConfig(url, unverified),
      ...common,
    }),
  'cloudwatch-logs': (url, unverified) =>
    new CloudWatchLogRecordExporter({ clientConfig: clientConfig(url, unverified), ...common }),
  sqs: (url, unverified) =>
    new SqsLogRecordExporter({
      queueUrl: `${url}/1/logs`,
      clientConfig: clientConfig(url, unverified),
      ...common,
    }),
};

it.each(Object.entries(exporters))(
  'the %s exporter sends nothing to a server whose certificate nobody vouches for',
  async (_, create) => {
    const { heard, url } = await startSelfSigned();
    const exporter = create(url, false);
    exporter.export([createLogRecord()], () => {});
    await exporter.shutdown();
    expect(exporter.stats().requests).toBeGreaterThan(0);
    expect(exporter.stats().dropped).toEqual({ shut_down: 1 });
    expect(heard).toEqual([]);
  },
);

it.each(Object.entries(exporters))(
  'the %s exporter trusts it where its own client of HTTP is told to',
  async (_, create) => {
    const { heard, url } = await startSelfSigned();
    const exporter = create(url, true);
    exporter.export([createLogRecord()], () => {});
    await exporter.shutdown();
    expect(heard[0]).toBe('POST');
  },
);
