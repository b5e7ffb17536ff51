import { createHash } from 'node:crypto';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { FirehoseClient, type FirehoseClientConfig } from '@aws-sdk/client-firehose';
import { FirehoseLogRecordExporter } from 'collectorless/firehose';
import { createLogRecord } from 'collectorless/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { objectProperty } from '../../../src/object-property.ts';

const SHORT = 10;
/** Above what our own clients hash in the thread pool. */
const LONG = 200_000;

interface Received {
  readonly body: string;
  readonly hash: string;
  readonly toldHash: unknown;
}

/** A service that takes all and keeps it. */
async function startService(
  isRefused: (call: number) => boolean = () => false,
): Promise<{ config: FirehoseClientConfig; received: Received[] }> {
  const received: Received[] = [];
  const listener: RequestListener = (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      const toldHash = request.headers['x-amz-content-sha256'];
      received.push({ body: body.toString(), hash: hashOf(body), toldHash });
      if (isRefused(received.length)) response.statusCode = 500;
      response.setHeader('content-type', 'application/x-amz-json-1.1');
      response.end('{"FailedPutCount":0,"RequestResponses":[{"RecordId":"r"}]}');
    });
  };
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return {
    config: {
      endpoint: `http://127.0.0.1:${port}`,
      region: 'eu-west-1',
      credentials: { accessKeyId: 'key', secretAccessKey: 'secret' },
    },
    received,
  };
}

async function exportThrough(
  options: { client: FirehoseClient } | { clientConfig: FirehoseClientConfig },
  bodies: readonly string[],
): Promise<number> {
  const exporter = new FirehoseLogRecordExporter({
    deliveryStreamName: 'logs',
    encoding: 'body',
    ...options,
  });
  for (const body of bodies) {
    exporter.export([createLogRecord({ body })], () => {});
    await exporter.forceFlush();
  }
  const { delivered } = exporter.stats();
  await exporter.shutdown();
  return delivered;
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function bodyOf(request: unknown): Uint8Array {
  const body = objectProperty(request, 'body');
  if (!(body instanceof Uint8Array)) throw new TypeError('Expected a body of bytes');
  return body;
}

describe("a user's client", () => {
  it.each([
    ['high', SHORT],
    ['high', LONG],
    ['normal', LONG],
    ['low', LONG],
  ] as const)(
    'may change the body in the build step (%s), and what is signed is what it made (%i bytes)',
    async (priority, length) => {
      const { config, received } = await startService();
      const client = new FirehoseClient(config);
      client.middlewareStack.add(
        (next) => async (args) => {
          const text = Buffer.from(bodyOf(args.request))
            .toString()
            .replace('"Records"', ' "Records"');
          const { headers } = Object.assign(args.request as { headers: Record<string, string> }, {
            body: Buffer.from(text),
          });
          if ('content-length' in headers) headers['content-length'] = String(text.length);
          return next(args);
        },
        { step: 'build', name: 'usersOwn', priority },
      );
      expect(await exportThrough({ client }, ['x'.repeat(length)])).toBe(1);
      expect(received[0]?.body).toMatch(
        /^\{"DeliveryStreamName":"logs", "Records":\[\{"Data":"eHh4/,
      );
      expect(received.map(({ toldHash }) => toldHash)).toEqual(received.map(({ hash }) => hash));
    },
  );

  it('may keep the bodies that it sees', async () => {
    const { config } = await startService();
    const client = new FirehoseClient(config);
    const seen: { body: Uint8Array; hash: string }[] = [];
    client.middlewareStack.add(
      (next) => async (args) => {
        const body = bodyOf(args.request);
        seen.push({ body, hash: hashOf(body) });
        return next(args);
      },
      { step: 'build', name: 'audit', priority: 'low' },
    );
    await exportThrough({ client }, ['one', 'two', 'three']);
    expect(seen.map(({ body }) => hashOf(body))).toEqual(seen.map(({ hash }) => hash));
    expect(new Set(seen.map(({ hash }) => hash)).size).toBe(3);
  });

  it('finds no entries in the input of a command, and what it changes there does not go out', async () => {
    const { config, received } = await startService();
    const client = new FirehoseClient(config);
    const inputs: unknown[] = [];
    client.middlewareStack.add(
      (next) => async (args) => {
        inputs.push(args.input);
        return next({ ...args, input: { ...args.input, DeliveryStreamName: 'elsewhere' } });
      },
      { step: 'initialize', name: 'audit' },
    );
    expect(await exportThrough({ client }, ['one'])).toBe(1);
    expect(inputs).toEqual([{ DeliveryStreamName: 'logs', Records: [] }]);
    expect(received[0]?.body).toMatch(/^\{"DeliveryStreamName":"logs","Records":\[\{"Data":/);
  });

  it('sees the answers as the service gave them', async () => {
    const { config } = await startService();
    const client = new FirehoseClient(config);
    const outputs: unknown[] = [];
    client.middlewareStack.add(
      (next) => async (args) => {
        const result = await next(args);
        outputs.push(result.output);
        return result;
      },
      { step: 'initialize', name: 'audit' },
    );
    await exportThrough({ client }, ['one']);
    expect(outputs).toMatchObject([{ FailedPutCount: 0, RequestResponses: [{ RecordId: 'r' }] }]);
  });
});

describe('the client of a `clientConfig`', () => {
  it('that speaks another protocol than JSON sends nothing, and the reason is told', async () => {
    const { config, received } = await startService();
    const json = new FirehoseClient(config).config.protocol;
    const protocol: typeof json = Object.assign(Object.create(json), {
      async serializeRequest(...args: readonly unknown[]) {
        const request: unknown = await Reflect.apply(json.serializeRequest, json, args);
        const headers = objectProperty(request, 'headers');
        Object.assign(headers ?? {}, { 'content-type': 'application/cbor' });
        return request;
      },
    });
    const errors: (Error | undefined)[] = [];
    const exporter = new FirehoseLogRecordExporter({
      deliveryStreamName: 'logs',
      clientConfig: { ...config, protocol },
      timeoutMillis: 100,
      onDrop: ({ error }) => errors.push(error),
    });
    exporter.export([createLogRecord()], () => {});
    await exporter.shutdown();
    expect(received).toEqual([]);
    expect(errors.map((error) => error?.message)).toEqual([
      'Expected a client whose `protocol` is JSON, which is the default',
    ]);
  });

  it('hands its bodies to a `requestHandler` that may keep them', async () => {
    const { config } = await startService();
    const real = new FirehoseClient(config).config.requestHandler;
    const seen: { body: Uint8Array; hash: string }[] = [];
    const requestHandler: typeof real = {
      ...real,
      handle(request, options) {
        const body = bodyOf(request);
        seen.push({ body, hash: hashOf(body) });
        return real.handle(request, options);
      },
    };
    await exportThrough({ clientConfig: { ...config, requestHandler } }, ['one', 'two', 'three']);
    expect(seen.map(({ body }) => hashOf(body))).toEqual(seen.map(({ hash }) => hash));
    expect(new Set(seen.map(({ hash }) => hash)).size).toBe(3);
  });

  it.each([SHORT, LONG])(
    'signs each attempt of the SDK with its hash (%i bytes)',
    async (length) => {
      const { config, received } = await startService((call) => call < 3);
      const clientConfig = { ...config, maxAttempts: 3 };
      expect(await exportThrough({ clientConfig }, ['x'.repeat(length)])).toBe(1);
      expect(received).toHaveLength(3);
      expect(received.map(({ toldHash }) => toldHash)).toEqual(received.map(({ hash }) => hash));
    },
  );
});
