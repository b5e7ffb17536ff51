import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { CloudWatchLogRecordExporter } from 'collectorless/cloudwatch-logs';
import { describe, expect, it } from 'vitest';
import { recordAt } from '../aws/support/aws-run.ts';

const ALL_STORED = '{"nextSequenceToken":"1"}';
const NONE_STORED = '{"rejectedLogEventsInfo":{"tooNewLogEventStartIndex":0}}';

/** What is known of one record when the service answers so, one call after the other. */
async function statsAfter(
  answers: readonly ((response: ServerResponse) => void)[],
  { isOwnClient = true } = {},
) {
  const left = [...answers];
  const server = createServer((request, response) => {
    request.resume().on('end', () => left.shift()?.(response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const clientConfig = {
    endpoint: `http://127.0.0.1:${port}`,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'key', secretAccessKey: 'secret' },
  };
  const client = isOwnClient ? undefined : new CloudWatchLogsClient(clientConfig);
  const exporter = new CloudWatchLogRecordExporter({
    logGroupName: 'group',
    logStreamName: 'stream',
    ...(client === undefined ? { clientConfig } : { client }),
    retry: { initialBackoffMillis: 1, maxBackoffMillis: 1 },
  });
  try {
    exporter.export([recordAt(Date.now())], () => {});
    await exporter.forceFlush();
    return exporter.stats();
  } finally {
    await exporter.shutdown();
    client?.destroy();
    server.closeAllConnections();
    server.close();
  }
}

const whole = (text: string) => (response: ServerResponse) => response.end(text);
const inChunks =
  (...chunks: string[]) =>
  (response: ServerResponse) => {
    response.writeHead(200, { 'transfer-encoding': 'chunked' });
    for (const chunk of chunks) response.write(chunk);
    response.end();
  };

const withStatus = (status: number) => (response: ServerResponse) =>
  response.writeHead(status).end();

const isLost = { delivered: 0, dropped: { too_new: 1 }, requests: 2 };

it.each([
  ['without a length', inChunks()],
  ['with one', whole('')],
  ['with status 204', withStatus(204)],
  ['that is null', whole('null')],
  ['that is a list', whole('[]')],
  ['that is a text', whole('"stored"')],
  ['that is a number', whole('123')],
  ['that is an error', whole('{"__type":"ThrottlingException","message":"Rate exceeded"}')],
])('an answer %s tells nothing of the events, so they are sent again', async (_how, answer) => {
  expect(await statsAfter([answer, whole(NONE_STORED)])).toMatchObject(isLost);
});

it.each([
  ['with a length of 0', whole('')],
  ['with status 204', withStatus(204)],
])('so does one %s with a client of the user’s', async (_how, answer) => {
  const stats = await statsAfter([answer, whole(NONE_STORED)], { isOwnClient: false });
  expect(stats).toMatchObject(isLost);
});

describe.each([
  ['the exporter’s', true],
  ['the user’s', false],
])('with %s client', (_whose, isOwnClient) => {
  it.each([
    ['an empty object', whole('{}')],
    ['one in chunks', inChunks('{', '}')],
    ['one with white space', whole(' {}\n')],
    ['a token', whole(ALL_STORED)],
    ['a token that is none', whole('{"nextSequenceToken":null}')],
    ['a token among others', whole('{"nextSequenceToken":"1","later":[]}')],
    ['a refused entity', whole('{"rejectedEntityInfo":{"errorType":"InvalidEntity"}}')],
  ])('%s says that all events are stored', async (_what, answer) => {
    expect(await statsAfter([answer], { isOwnClient })).toMatchObject({
      delivered: 1,
      requests: 1,
    });
  });
});

it('an answer in chunks counts as what they say together', async () => {
  expect(await statsAfter([inChunks(ALL_STORED.slice(0, 9), ALL_STORED.slice(9))])).toMatchObject({
    delivered: 1,
    requests: 1,
  });
  expect(await statsAfter([inChunks(NONE_STORED.slice(0, 9), NONE_STORED.slice(9))])).toMatchObject(
    { delivered: 0, dropped: { too_new: 1 }, requests: 1 },
  );
});
