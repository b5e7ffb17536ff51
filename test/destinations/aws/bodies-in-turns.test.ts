import { type LocalServices, startLocalServices } from 'collectorless/testing';
import { expect, it } from 'vitest';
import { createCloudWatchLogsDestination } from '../../../src/destinations/cloudwatch-logs/cloudwatch-logs-destination.ts';
import { createFirehoseDestination } from '../../../src/destinations/firehose/firehose-destination.ts';
import { createSqsDestination } from '../../../src/destinations/sqs/sqs-destination.ts';

/** Counts the turns of the event loop until it is stopped. */
function countTurns() {
  let count = 0;
  let isOver = false;
  const turn = (): void => {
    count += 1;
    if (!isOver) setImmediate(turn);
  };
  setImmediate(turn);
  return {
    get count() {
      return count;
    },
    stop() {
      isOver = true;
    },
  };
}

const MAKERS = {
  firehose: ({ clientConfig }: LocalServices) => ({
    destination: createFirehoseDestination({ deliveryStreamName: 'logs', clientConfig }),
    names: { deliveryStreamName: 'logs' },
  }),
  'cloudwatch-logs': ({ clientConfig }: LocalServices) => ({
    destination: createCloudWatchLogsDestination({ clientConfig }),
    names: { logGroupName: 'group', logStreamName: 'stream' },
  }),
  sqs: ({ clientConfig }: LocalServices) => {
    const queueUrl = `${clientConfig.endpoint}/000000000000/logs`;
    return { destination: createSqsDestination({ queueUrl, clientConfig }), names: { queueUrl } };
  },
} as const;
const SERVICES = ['firehose', 'cloudwatch-logs', 'sqs'] as const;
const start = (): Promise<LocalServices> =>
  startLocalServices({ cloudWatchLogs: { groups: { group: ['stream'] } } });

it.each(SERVICES)(
  'bodies of %s calls that go at the same time are made in turns of their own',
  async (service) => {
    await using services = await start();
    const { destination, names } = MAKERS[service](services);
    const turns = countTurns();
    const readIn = Array.from({ length: 6 }, () => new Set<number>());
    const send = (read: Set<number>): Promise<unknown> => {
      const entry = {
        get bytes() {
          read.add(turns.count);
          return Buffer.from('{"body":"text"}');
        },
        recordCount: 1,
        timeMillis: Date.now(),
        sequence: 1,
      };
      const { signal } = new AbortController();
      return destination.send({ target: { key: 'one', names }, entries: [entry] }, { signal });
    };
    await Promise.all(readIn.map(send));
    turns.stop();
    await destination.close?.();
    // The last turn in which its bytes are read is the one in which its body is made.
    const madeIn = readIn.map((read) => Math.max(...read));
    expect(new Set(madeIn).size).toBe(6);
  },
);

it.each(SERVICES)('a body of a %s call is not made once its time is over', async (service) => {
  await using services = await start();
  const { destination, names } = MAKERS[service](services);
  let reads = 0;
  const entry = {
    get bytes() {
      reads += 1;
      return Buffer.from('{"body":"text"}');
    },
    recordCount: 1,
    timeMillis: Date.now(),
    sequence: 1,
  };
  const request = { target: { key: 'one', names }, entries: [entry] };
  const readsOf = async (signal: AbortSignal): Promise<number> => {
    reads = 0;
    await destination.send(request, { signal });
    return reads;
  };
  const inTime = await readsOf(new AbortController().signal);
  expect(await readsOf(AbortSignal.abort())).toBeLessThan(inTime);
  await destination.close?.();
});
