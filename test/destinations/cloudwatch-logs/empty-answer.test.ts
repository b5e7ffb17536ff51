import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CloudWatchLogRecordExporter } from 'collectorless/cloudwatch-logs';
import { expect, it } from 'vitest';
import { recordAt } from '../aws/support/aws-run.ts';

const ALL_STORED = '{"nextSequenceToken":"1"}';
const NONE_STORED = '{"rejectedLogEventsInfo":{"tooNewLogEventStartIndex":0}}';

/** What is known of one record when the service answers so, one call after the other. */
async function statsAfter(answers: readonly ((response: ServerResponse) => void)[]) {
  const left = [...answers];
  const server = createServer((request, response) => {
    request.resume().on('end', () => left.shift()?.(response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const exporter = new CloudWatchLogRecordExporter({
    logGroupName: 'group',
    logStreamName: 'stream',
    clientConfig: {
      endpoint: `http://127.0.0.1:${port}`,
      region: 'eu-west-1',
      credentials: { accessKeyId: 'key', secretAccessKey: 'secret' },
    },
    retry: { initialBackoffMillis: 1, maxBackoffMillis: 1 },
  });
  try {
    exporter.export([recordAt(Date.now())], () => {});
    await exporter.forceFlush();
    return exporter.stats();
  } finally {
    await exporter.shutdown();
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

it.each([
  ['without a length', inChunks()],
  ['with one', whole('')],
])('an empty answer %s tells nothing, so it is asked for again', async (_how, answer) => {
  expect(await statsAfter([answer, whole(NONE_STORED)])).toMatchObject({
    delivered: 0,
    dropped: { too_new: 1 },
    requests: 2,
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
