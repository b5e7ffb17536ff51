import { createServer, type Server as HttpServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { CloudWatchLogRecordExporter } from 'collectorless/cloudwatch-logs';
import { FirehoseLogRecordExporter } from 'collectorless/firehose';
import { HttpLogRecordExporter } from 'collectorless/http';
import { SqsLogRecordExporter } from 'collectorless/sqs';
import { createLogRecord } from 'collectorless/testing';
import { Agent } from 'undici';
import { expect, it, onTestFinished } from 'vitest';
import { createCertificate } from '../cli/doctor/support/create-certificate.ts';

async function listen(server: HttpServer | TlsServer): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

/** A place that must hear nothing. */
async function startStranger(): Promise<{ readonly port: number; readonly heard: string[] }> {
  const heard: string[] = [];
  const server = createServer(({ headers, url }, response) => {
    heard.push(`${url} ${JSON.stringify(headers)}`);
    response.end();
  });
  server.on('clientError', (_, socket) => {
    heard.push('bytes that are no HTTP');
    socket.destroy();
  });
  return { port: await listen(server), heard };
}

const redirectTo =
  (status: number, location: string): RequestListener =>
  (_, response) => {
    response.writeHead(status, { location }).end();
  };

const locations: readonly ((port: number) => string)[] = [
  (port) => `http://127.0.0.1:${port}/`,
  (port) => `http://localhost:${port}/`,
  (port) => `//127.0.0.1:${port}/`,
  (port) => `\\\\127.0.0.1:${port}/`,
  (port) => `/\\127.0.0.1:${port}/`,
  (port) => `http:\\\\127.0.0.1:${port}/`,
  (port) => `http://user:password@127.0.0.1:${port}/`,
  (port) => `\thttp://127.0.0.1:${port}/`,
  (port) => `https://127.0.0.1:${port}/`,
  (port) => `HTTP://127.1:${port}/`,
];

it.each(
  [301, 302, 303, 307, 308].flatMap((status) =>
    locations.map((location): [number, string, (port: number) => string] => [
      status,
      location(1),
      location,
    ]),
  ),
)('%i to %s takes neither headers nor records to another origin', async (status, _, location) => {
  const { heard, port } = await startStranger();
  const service = createServer(redirectTo(status, location(port)));
  const exporter = new HttpLogRecordExporter({
    url: `http://127.0.0.1:${await listen(service)}/logs`,
    headers: { authorization: 'Bearer secret' },
  });
  exporter.export([createLogRecord()], () => {});
  await exporter.shutdown();
  expect(heard).toEqual([]);
  expect(exporter.stats().dropped).toEqual({ rejected: 1 });
});

it('https never becomes http, on the same host and port neither', async () => {
  const { heard, port } = await startStranger();
  const certificate = createCertificate('localhost');
  const ports: number[] = [];
  const service = createTlsServer(certificate, (request, response) => {
    const own = request.url === '/same' ? ports[0] : port;
    redirectTo(308, `http://127.0.0.1:${own}/`)(request, response);
  });
  const plain: string[] = [];
  service.on('tlsClientError', (error) => plain.push(error.message));
  ports.push(await listen(service));
  const dispatcher = new Agent({ connect: { rejectUnauthorized: false } });
  onTestFinished(() => dispatcher.destroy());
  for (const path of ['other', 'same']) {
    const exporter = new HttpLogRecordExporter({
      url: `https://127.0.0.1:${ports[0]}/${path}`,
      dispatcher,
    });
    exporter.export([createLogRecord()], () => {});
    await exporter.shutdown();
    expect(exporter.stats().dropped).toEqual({ rejected: 1 });
  }
  expect([...heard, ...plain]).toEqual([]);
});

it.each(['firehose', 'cloudwatch-logs', 'sqs'])('the %s exporter follows none', async (name) => {
  const { heard, port } = await startStranger();
  const service = createServer(redirectTo(307, `http://127.0.0.1:${port}/`));
  const endpoint = `http://127.0.0.1:${await listen(service)}`;
  const clientConfig = {
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'secret' },
  };
  const options = { clientConfig, shutdownTimeoutMillis: 300 };
  const exporter =
    name === 'firehose'
      ? new FirehoseLogRecordExporter({ deliveryStreamName: 'logs', ...options })
      : name === 'sqs'
        ? new SqsLogRecordExporter({ queueUrl: `${endpoint}/1/logs`, ...options })
        : new CloudWatchLogRecordExporter(options);
  exporter.export([createLogRecord()], () => {});
  await exporter.shutdown();
  expect(exporter.stats().requests).toBeGreaterThan(0);
  expect(heard).toEqual([]);
});
