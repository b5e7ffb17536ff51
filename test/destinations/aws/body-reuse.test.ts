import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  FirehoseClient,
  PutRecordBatchCommand,
  type PutRecordBatchCommandOutput,
} from '@aws-sdk/client-firehose';
import { describe, expect, it } from 'vitest';
import { JsonBody } from '../../../src/destinations/aws/json-body.ts';
import { OwnBodyCalls } from '../../../src/destinations/aws/own-body-calls.ts';
import { ReusedMemory } from '../../../src/exporter/reused-memory.ts';

const ANSWER = '{"FailedPutCount":0}';
/** More than a socket and the system take of a request that nobody reads. */
const BODY_BYTES = 7 * 1024 * 1024;

/** Makes one call and tells whether its memory is there for the next one. */
async function isReusedAfter(
  listener: RequestListener,
  { isPrivate = true, maxAttempts = 1 } = {},
): Promise<boolean> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const client = new FirehoseClient({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'key', secretAccessKey: 'secret' },
    maxAttempts,
  });
  try {
    const buffers = new ReusedMemory(8 * 1024 * 1024);
    const body = new JsonBody(buffers, BODY_BYTES).syntax(' '.repeat(BODY_BYTES));
    const { buffer } = body.bytes();
    const { signal } = new AbortController();
    const calls = new OwnBodyCalls<PutRecordBatchCommandOutput>();
    await calls
      .send({ isPrivate, askIdentity: undefined }, { body, key: 'logs', signal }, (use) => {
        const command = new PutRecordBatchCommand({ DeliveryStreamName: 'logs', Records: [] });
        use(command.middlewareStack);
        return client.send(command);
      })
      .catch(() => {});
    return buffers.take(BODY_BYTES).buffer === buffer;
  } finally {
    client.destroy();
    server.closeAllConnections();
    server.close();
  }
}

describe('the memory of a body', () => {
  it('is used again when the request was answered and has left', async () => {
    const isReused = await isReusedAfter((request, response) => {
      request.resume().on('end', () => response.end(ANSWER));
    });
    expect(isReused).toBe(true);
  });

  it('is not used again while the request is on its way, answered or not', async () => {
    const isReused = await isReusedAfter((request, response) => {
      request.pause();
      response.end(ANSWER);
    });
    expect(isReused).toBe(false);
  });

  it("is not used again when a user's middleware or handler may keep it", async () => {
    const isReused = await isReusedAfter(
      (request, response) => {
        request.resume().on('end', () => response.end(ANSWER));
      },
      { isPrivate: false },
    );
    expect(isReused).toBe(false);
  });

  it('is not used again after a failure', async () => {
    const isReused = await isReusedAfter((request, response) => {
      response.statusCode = 500;
      request.resume().on('end', () => response.end('{}'));
    });
    expect(isReused).toBe(false);
  });

  it('is not used again when an earlier attempt broke off', async () => {
    let calls = 0;
    const isReused = await isReusedAfter(
      (request, response) => {
        calls += 1;
        if (calls === 1) request.socket.destroy();
        else request.resume().on('end', () => response.end(ANSWER));
      },
      { maxAttempts: 2 },
    );
    expect(calls).toBe(2);
    expect(isReused).toBe(false);
  });
});
