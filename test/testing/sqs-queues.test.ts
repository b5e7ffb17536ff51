import { createHash } from 'node:crypto';
import {
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { startLocalServices } from '../../src/testing/index.ts';
import { refusalOf } from './support/refusal-of.ts';
import { attribute, clientOf, type Entry, entry, fifo, send } from './support/sqs-calls.ts';

describe('a FIFO queue', () => {
  it('takes one deduplication id once in 5 minutes and answers with the first message', async () => {
    let now = 1_000_000;
    await using services = await startLocalServices({ now: () => now });
    const first = await send(services, [entry('a', 'one', fifo())], 'logs.fifo');
    now += 5 * 60_000 - 1;
    const second = await send(services, [entry('a', 'one', fifo())], 'logs.fifo');
    now += 1;
    const third = await send(services, [entry('a', 'one', fifo())], 'logs.fifo');
    expect(second.Successful?.[0]?.MessageId).toBe(first.Successful?.[0]?.MessageId);
    expect(third.Successful?.[0]?.MessageId).not.toBe(first.Successful?.[0]?.MessageId);
    expect(services.sqs.messageCount).toBe(2);
  });

  it('with content-based deduplication loses equal bodies', async () => {
    const queues = { 'logs.fifo': { ContentBasedDeduplication: 'true' } };
    await using services = await startLocalServices({ sqs: { queues } });
    const group = { MessageGroupId: 'group' };
    await send(
      services,
      [entry('a', 'same', group), entry('b', 'same', group), entry('c', 'other', group)],
      'logs.fifo',
    );
    expect(services.sqs.bodies).toEqual(['same', 'other']);
  });

  it('deduplicates in each group by itself when told so', async () => {
    const queues = { 'logs.fifo': { DeduplicationScope: 'messageGroup' } };
    await using services = await startLocalServices({ sqs: { queues } });
    await send(
      services,
      [entry('a', 'x', fifo()), entry('b', 'x', fifo({ MessageGroupId: 'other' }))],
      'logs.fifo',
    );
    expect(services.sqs.messageCount).toBe(2);
  });

  it('gives a group to readers one after the other', async () => {
    await using services = await startLocalServices();
    const QueueUrl = services.sqs.queueUrl('logs.fifo');
    await send(
      services,
      [entry('a', 'one', fifo()), entry('b', 'two', fifo({ MessageDeduplicationId: 'id2' }))],
      'logs.fifo',
    );
    const client = clientOf(services);
    const first = await client.send(new ReceiveMessageCommand({ QueueUrl }));
    const blocked = await client.send(new ReceiveMessageCommand({ QueueUrl }));
    const ReceiptHandle = first.Messages?.[0]?.ReceiptHandle;
    await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    const second = await client.send(new ReceiveMessageCommand({ QueueUrl }));
    expect([first, blocked, second].map(({ Messages }) => Messages?.[0]?.Body)).toEqual([
      'one',
      undefined,
      'two',
    ]);
  });
});

it('a reader gets what was sent, waits for what comes, and deletes it', async () => {
  await using services = await startLocalServices();
  const client = clientOf(services);
  const QueueUrl = services.sqs.queueUrl('logs');
  await send(services, [entry('a', '😀', attribute('kind', 'log'))]);
  const [message] =
    (await client.send(new ReceiveMessageCommand({ QueueUrl, MessageAttributeNames: ['All'] })))
      .Messages ?? [];
  expect(message).toMatchObject({
    Body: '😀',
    MessageAttributes: { kind: { StringValue: 'log' } },
  });
  const waiting = client.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 }));
  await client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'later' }));
  const later = (await waiting).Messages?.[0];
  expect(later?.Body).toBe('later');
  const deleted = await client.send(
    new DeleteMessageBatchCommand({
      QueueUrl,
      Entries: [
        { Id: 'a', ReceiptHandle: message?.ReceiptHandle },
        { Id: 'b', ReceiptHandle: 'never given out' },
      ],
    }),
  );
  expect(deleted.Successful).toEqual([{ Id: 'a' }]);
  expect(deleted.Failed).toMatchObject([{ Id: 'b', Code: 'ReceiptHandleIsInvalid' }]);
  expect(services.sqs.visible('logs').count).toBe(1);
});

it('queues are looked up, described and created', async () => {
  await using services = await startLocalServices({
    sqs: { queues: { logs: { MaximumMessageSize: '262144' } } },
  });
  const client = clientOf(services);
  const { QueueUrl } = await client.send(new GetQueueUrlCommand({ QueueName: 'logs' }));
  const { Attributes } = await client.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['MaximumMessageSize'] }),
  );
  expect(Attributes).toEqual({ MaximumMessageSize: '262144' });
  const missing = await refusalOf(client.send(new GetQueueUrlCommand({ QueueName: 'other' })));
  expect(missing).toMatchObject({
    name: 'QueueDoesNotExist',
    message: 'The specified queue does not exist.',
  });
  const created = await client.send(new CreateQueueCommand({ QueueName: 'other' }));
  expect(created.QueueUrl).toBe(services.sqs.queueUrl('other'));
  expect(services.violations).toEqual([]);
});

it.each([
  ['queue-name', { QueueName: 'a b' }],
  ['queue-name', { QueueName: 'a.fifo' }],
  ['queue-name', { QueueName: 'a', Attributes: { FifoQueue: 'true' } }],
  ['queue-message-size', { QueueName: 'a', Attributes: { MaximumMessageSize: '1048577' } }],
])('CreateQueue refuses a wrong %s', async (rule, input) => {
  await using services = await startLocalServices();
  const refusal = await refusalOf(clientOf(services).send(new CreateQueueCommand(input)));
  expect(refusal.name).toBe('InvalidParameterValue');
  expect(services.violations).toMatchObject([{ rule }]);
});

it.each([
  ['x'.repeat(75), true],
  ['x'.repeat(76), false],
])('the name of a FIFO queue has 80 characters at most with its suffix', async (base, isThere) => {
  await using services = await startLocalServices();
  const QueueUrl = services.sqs.queueUrl(`${base}.fifo`);
  const sending = clientOf(services).send(
    new SendMessageCommand({
      QueueUrl,
      MessageBody: 'x',
      MessageGroupId: 'g',
      MessageDeduplicationId: 'd',
    }),
  );
  if (isThere) await sending;
  else expect((await refusalOf(sending)).name).toBe('QueueDoesNotExist');
});

it('base64 bodies with a content encoding are decoded', async () => {
  await using services = await startLocalServices();
  const { gzipSync } = await import('node:zlib');
  const body = gzipSync('{"a":1}\n{"a":2}\n').toString('base64');
  await send(services, [
    entry('a', body, attribute('content-encoding', 'gzip')),
    entry('b', '{"a":3}'),
  ]);
  expect(services.sqs.decoded).toEqual([{ a: 1 }, { a: 2 }, { a: 3 }]);
});

// The SDK checks the checksum of the body only; other clients check this one too.
it.each<[string, NonNullable<Entry['MessageAttributes']>, string]>([
  [
    'a number, with the checksum that the tests of moto have',
    { timestamp: { DataType: 'Number', StringValue: '1493147359900' } },
    '235c5c510d26fb653d073faed50ae77c',
  ],
  [
    'a labelled number, from the same tests',
    { timestamp: { DataType: 'Number.java.lang.Long', StringValue: '1493147359900' } },
    '2e2e4876d8e0bd6b8c2c8f556831c349',
  ],
  [
    'text and bytes, sorted by name',
    {
      b: { DataType: 'Binary', BinaryValue: Buffer.from([7]) },
      a: { DataType: 'String', StringValue: 'v' },
    },
    md5Of(
      '\0\0\0\x01a\0\0\0\x06String\x01\0\0\0\x01v\0\0\0\x01b\0\0\0\x06Binary\x02\0\0\0\x01\x07',
    ),
  ],
])('tells the checksum of attributes: %s', async (_, MessageAttributes, checksum) => {
  await using services = await startLocalServices();
  const output = await send(services, [entry('a', 'x', { MessageAttributes })]);
  expect(output.Successful?.[0]?.MD5OfMessageAttributes).toBe(checksum);
});

function md5Of(text: string): string {
  return createHash('md5').update(text, 'latin1').digest('hex');
}
