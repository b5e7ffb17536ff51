import { randomUUID } from 'node:crypto';
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  type InputLogEvent,
  type LogGroupClass,
  PutLogEventsCommand,
  PutRetentionPolicyCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import type { EmulatorClientConfig } from '../support/client-config.ts';
import { ACCEPTED, answerOf, type Probe } from './probe.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const now = Date.now();
const MIB = 1_048_576;

/** By the rule's name in docs/emulators.md. */
export const logsProbes: Readonly<Record<string, Probe>> = {
  'no such log group': (config) =>
    withClient(config, (client) =>
      answerOf(
        client.send(
          new PutLogEventsCommand({
            logGroupName: 'nowhere',
            logStreamName: 's',
            logEvents: events([0]),
          }),
        ),
      ),
    ),
  'two events 15 days old, one fresh': put(events([-15 * DAY, -15 * DAY, 0])),
  'one fresh event, two 3 h ahead': put(events([0, 3 * HOUR, 3 * HOUR])),
  'events not in order of time': put(events([0, -1_000])),
  'events 25 h apart': put(events([-25 * HOUR, 0])),
  'no event': put([]),
  'an empty message': put([{ timestamp: now, message: '' }]),
  'a negative time': put([{ timestamp: -1, message: 'x' }]),
  'an event of more than 1 MiB': put([{ timestamp: now, message: 'x'.repeat(MIB) }]),
  'a call of more than 1 MiB': put(
    [0, 0].map(() => ({ timestamp: now, message: 'é'.repeat(MIB / 4) })),
  ),
  '10,001 events': put(events(Array.from({ length: 10_001 }, () => 0))),
  'a log group named `a b`': (config) => group(config, 'a b'),
  'a log group named `aws/x`': (config) => group(config, `aws/${randomUUID()}`),
  'a log group of a class that is none': (config) =>
    group(config, randomUUID(), 'NONE' as LogGroupClass),
  'retention of 2 days': (config) =>
    withClient(config, async (client) => {
      const logGroupName = randomUUID();
      await client.send(new CreateLogGroupCommand({ logGroupName }));
      return answerOf(
        client.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays: 2 })),
      );
    }),
  'a log stream named `a:b`': (config) =>
    withClient(config, async (client) => {
      const logGroupName = randomUUID();
      await client.send(new CreateLogGroupCommand({ logGroupName }));
      return answerOf(
        client.send(new CreateLogStreamCommand({ logGroupName, logStreamName: 'a:b' })),
      );
    }),
};

function events(offsets: readonly number[]): InputLogEvent[] {
  return offsets.map((offset) => ({ timestamp: now + offset, message: 'x' }));
}

function group(
  config: EmulatorClientConfig,
  logGroupName: string,
  logGroupClass?: LogGroupClass,
): Promise<string> {
  return withClient(config, (client) =>
    answerOf(client.send(new CreateLogGroupCommand({ logGroupName, logGroupClass }))),
  );
}

function put(logEvents: InputLogEvent[]): Probe {
  return (config) =>
    withClient(config, async (client) => {
      const stream = { logGroupName: randomUUID(), logStreamName: 's' };
      await client.send(new CreateLogGroupCommand(stream));
      await client.send(new CreateLogStreamCommand(stream));
      return answerOf(
        client.send(new PutLogEventsCommand({ ...stream, logEvents })),
        ({ rejectedLogEventsInfo: rejected = {} }) => {
          const told = Object.entries(rejected).map(([name, index]) => `${name} ${index}`);
          return told.length === 0 ? ACCEPTED : told.join();
        },
      );
    });
}

async function withClient(
  config: EmulatorClientConfig,
  ask: (client: CloudWatchLogsClient) => Promise<string>,
): Promise<string> {
  const client = new CloudWatchLogsClient({ ...config, maxAttempts: 1 });
  try {
    return await ask(client);
  } finally {
    client.destroy();
  }
}
