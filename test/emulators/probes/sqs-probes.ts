import {
  type SendMessageBatchRequestEntry as Entry,
  SendMessageBatchCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { createQueue } from '../support/queue.ts';
import { ACCEPTED, answerOf, type Probe } from './probe.ts';

const LARGE = 120_000;
const fifo = { FifoQueue: 'true' };

/** By the rule's name in docs/emulators.md. */
export const sqsProbes: Readonly<Record<string, Probe>> = {
  'no message': send([]),
  '11 messages': send(Array.from({ length: 11 }, (_, index) => entry(index))),
  'two messages of one id': send([entry(0), entry(0)]),
  'an id of `a b`': send([{ Id: 'a b', MessageBody: 'x' }]),
  'an id of 81 characters': send([{ Id: 'a'.repeat(81), MessageBody: 'x' }]),
  'a call of more than 1 MiB, ASCII': send(
    Array.from({ length: 10 }, (_, index) => entry(index, 'x'.repeat(LARGE))),
  ),
  'a call of more than 1 MiB, not ASCII': send(
    Array.from({ length: 10 }, (_, index) => entry(index, 'é'.repeat(LARGE / 2))),
  ),
  'one message above the limit of its queue': send([entry(0), entry(1, 'x'.repeat(2_000))], {
    MaximumMessageSize: '1024',
  }),
  'one message with a control character': send([entry(0), entry(1, 'a\u0001b')]),
  'one message with a lone surrogate': send([entry(0), entry(1, 'a\ud800b')]),
  'one message with an emoji (allowed)': send([entry(0), entry(1, 'a\u{1f600}b')]),
  'one message with an empty body': send([entry(0), entry(1, '')]),
  'one message with 11 attributes': send([
    entry(0),
    {
      ...entry(1),
      MessageAttributes: Object.fromEntries(
        Array.from({ length: 11 }, (_, index) => [
          `a${index}`,
          { DataType: 'String', StringValue: 'x' },
        ]),
      ),
    },
  ]),
  'one message whose attributes exceed the limit of its queue': send(
    [
      entry(0),
      {
        ...entry(1),
        MessageAttributes: { a: { DataType: 'String', StringValue: 'x'.repeat(2_000) } },
      },
    ],
    { MaximumMessageSize: '1024' },
  ),
  'FIFO: one message without a group': send(
    [inGroup(0), { ...entry(1), MessageDeduplicationId: '1' }],
    fifo,
  ),
  'FIFO: one message without a deduplication id': send(
    [inGroup(0), { ...entry(1), MessageGroupId: 'g' }],
    fifo,
  ),
  'FIFO: a group of `a b`': send([{ ...inGroup(0), MessageGroupId: 'a b' }], fifo),
  'FIFO: a group of 129 characters': send(
    [{ ...inGroup(0), MessageGroupId: 'g'.repeat(129) }],
    fifo,
  ),
  'standard queue: a deduplication id': send([{ ...entry(0), MessageDeduplicationId: '1' }]),
};

function entry(id: number, body = 'x'): Entry {
  return { Id: String(id), MessageBody: body };
}

function inGroup(id: number): Entry {
  return { ...entry(id), MessageGroupId: 'g', MessageDeduplicationId: String(id) };
}

function send(entries: Entry[], attributes: Readonly<Record<string, string>> = {}): Probe {
  return async (config) => {
    const queue = await createQueue(config, attributes);
    const client = new SQSClient({ ...config, maxAttempts: 1 });
    try {
      return await answerOf(
        client.send(new SendMessageBatchCommand({ QueueUrl: queue.url, Entries: entries })),
        ({ Failed: failed = [] }) =>
          failed.length === 0 ? ACCEPTED : `entry: ${failed.map(({ Code }) => Code).join()}`,
      );
    } finally {
      client.destroy();
    }
  };
}
