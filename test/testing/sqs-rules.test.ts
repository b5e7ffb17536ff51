import { createHash } from 'node:crypto';
import {
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  type SendMessageBatchCommandOutput,
  type SendMessageBatchRequestEntry,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { type LocalServices, startLocalServices } from '../../src/testing/index.ts';
import { refusalOf } from './refusal-of.ts';

type Entry = SendMessageBatchRequestEntry;
const clientOf = (services: LocalServices): SQSClient =>
  new SQSClient({ ...services.clientConfig, maxAttempts: 1 });
const entry = (Id: string, MessageBody = 'x', more: Partial<Entry> = {}): Entry => ({
  Id,
  MessageBody,
  ...more,
});
const attributes = (count: number): NonNullable<Entry['MessageAttributes']> =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `a${index}`,
      { DataType: 'String', StringValue: 'v' },
    ]),
  );
const attribute = (name: string, StringValue = 'v', DataType = 'String'): Partial<Entry> => ({
  MessageAttributes: { [name]: { DataType, StringValue } },
});
const fifo = (more: Partial<Entry> = {}): Partial<Entry> => ({
  MessageGroupId: 'group',
  MessageDeduplicationId: 'id',
  ...more,
});

function send(
  services: LocalServices,
  Entries: Entry[],
  queue = 'logs',
): Promise<SendMessageBatchCommandOutput> {
  const QueueUrl = services.sqs.queueUrl(queue);
  return clientOf(services).send(new SendMessageBatchCommand({ QueueUrl, Entries }));
}

describe('SQS accepts, up to the last byte,', () => {
  it.each<[string, Entry[]]>([
    ['10 entries', Array.from({ length: 10 }, (_, index) => entry(`${index}`))],
    ['1,048,576 bytes with the attributes', [entry('a', 'é'.repeat(524_284), attribute('n', 'v'))]],
    ['an id of 80 characters', [entry('aZ0_-'.padEnd(80, 'x'))]],
    ['10 attributes', [entry('a', 'x', { MessageAttributes: attributes(10) })]],
    [
      'all characters XML knows',
      [entry('a', '\t\n\r \u007f\ud7ff\ue000\ufffd\u{1f600}\u{10ffff}')],
    ],
    [
      'bytes as an attribute',
      [
        entry('a', 'x', {
          MessageAttributes: { b: { DataType: 'Binary', BinaryValue: Buffer.from([0, 255]) } },
        }),
      ],
    ],
    ['a group on a standard queue', [entry('a', 'x', { MessageGroupId: 'tenant-1' })]],
    ['a delay of 900 seconds', [entry('a', 'x', { DelaySeconds: 900 })]],
  ])('%s', async (_, entries) => {
    await using services = await startLocalServices();
    const output = await send(services, entries);
    expect(output.Failed).toBeUndefined();
    expect(services.sqs.bodies).toEqual(entries.map(({ MessageBody }) => MessageBody));
    expect(services.violations).toEqual([]);
  });
});

describe('SQS refuses the whole call for', () => {
  it.each<[string, string, string, RegExp, Entry[], string?]>([
    ['no entries', 'batch-empty', 'EmptyBatchRequest', /at least one/, []],
    [
      '11 entries',
      'batch-count',
      'TooManyEntriesInBatchRequest',
      /are 10\. You have sent 11\./,
      Array.from({ length: 11 }, (_, index) => entry(`${index}`)),
    ],
    [
      'an id of 81 characters',
      'entry-id',
      'InvalidBatchEntryId',
      /80 letters/,
      [entry('x'.repeat(81))],
    ],
    ['a dot in an id', 'entry-id', 'InvalidBatchEntryId', /alphanumeric/, [entry('a.b')]],
    [
      'one id twice',
      'entry-ids-distinct',
      'BatchEntryIdsNotDistinct',
      /^Id a repeated\.$/,
      [entry('a'), entry('a')],
    ],
    [
      '1,048,577 bytes',
      'batch-bytes',
      'BatchRequestTooLong',
      /^Batch requests cannot be longer than 1048576 bytes\. You have sent 1048577 bytes\.$/,
      [entry('a', 'x'.repeat(1_048_568), attribute('n', 'vv'))],
    ],
    [
      'a FIFO message without a group',
      'fifo-id-missing',
      'MissingParameter',
      /MessageGroupId/,
      [entry('a', 'x', { MessageDeduplicationId: 'id' })],
      'logs.fifo',
    ],
    [
      'one FIFO message without deduplication id',
      'fifo-id-missing',
      'InvalidParameterValue',
      /ContentBasedDeduplication/,
      [entry('a', 'x', fifo()), entry('b', 'y', { MessageGroupId: 'group' })],
      'logs.fifo',
    ],
  ])('%s', async (_, rule, name, message, entries, queue) => {
    await using services = await startLocalServices();
    const refusal = await refusalOf(send(services, entries, queue));
    expect(refusal).toEqual({ name, message: expect.stringMatching(message), status: 400 });
    expect(services.sqs.messages).toEqual([]);
    expect(services.violations).toMatchObject([
      { service: 'sqs', rule, error: name, scope: 'call' },
    ]);
  });
});

describe('SQS fails one entry, and keeps its neighbours, for', () => {
  it.each<[string, string, string, Entry]>([
    ['an empty body', 'body-empty', 'MissingParameter', entry('bad', '')],
    [
      'a control character',
      'body-characters',
      'InvalidMessageContents',
      entry('bad', '\u001b[31m'),
    ],
    ['half a surrogate pair', 'body-characters', 'InvalidMessageContents', entry('bad', '\ud800')],
    ['the character U+FFFF', 'body-characters', 'InvalidMessageContents', entry('bad', '\uffff')],
    [
      'a control character in an attribute',
      'attribute-characters',
      'InvalidMessageContents',
      entry('bad', 'x', attribute('a', '\u0000')),
    ],
    [
      '11 attributes',
      'attributes-count',
      'InvalidParameterValue',
      entry('bad', 'x', { MessageAttributes: attributes(11) }),
    ],
    [
      'a space in an attribute name',
      'attribute-name',
      'InvalidParameterValue',
      entry('bad', 'x', attribute('a b')),
    ],
    [
      'two dots in an attribute name',
      'attribute-name',
      'InvalidParameterValue',
      entry('bad', 'x', attribute('a..b')),
    ],
    [
      'a dot at the end of an attribute name',
      'attribute-name',
      'InvalidParameterValue',
      entry('bad', 'x', attribute('a.')),
    ],
    [
      'a reserved attribute name',
      'attribute-name',
      'InvalidParameterValue',
      entry('bad', 'x', attribute('AWS.a')),
    ],
    [
      'an attribute name of 257 characters',
      'attribute-name',
      'InvalidParameterValue',
      entry('bad', 'x', attribute('x'.repeat(257))),
    ],
    [
      'an empty attribute',
      'attribute-value',
      'InvalidParameterValue',
      entry('bad', 'x', attribute('a', '')),
    ],
    [
      'an unknown attribute type',
      'attribute-type',
      'InvalidParameterValue',
      entry('bad', 'x', attribute('a', 'v', 'Text')),
    ],
    [
      'a delay of 901 seconds',
      'delay',
      'InvalidParameterValue',
      entry('bad', 'x', { DelaySeconds: 901 }),
    ],
    [
      'a deduplication id on a standard queue',
      'deduplication-id-on-standard',
      'InvalidParameterValue',
      entry('bad', 'x', { MessageDeduplicationId: 'id' }),
    ],
  ])('%s', async (_, rule, Code, bad) => {
    await using services = await startLocalServices();
    const output = await send(services, [entry('first'), bad, entry('last')]);
    expect(output.Failed).toEqual([
      { Id: 'bad', SenderFault: true, Code, Message: expect.any(String) },
    ]);
    expect(output.Successful?.map(({ Id }) => Id)).toEqual(['first', 'last']);
    expect(services.sqs.messages).toHaveLength(2);
    expect(services.violations).toMatchObject([{ rule, error: Code, scope: 'entry' }]);
  });

  it("the queue's own size", async () => {
    await using services = await startLocalServices({
      sqs: { queues: { small: { MaximumMessageSize: '1024' } } },
    });
    const output = await send(
      services,
      [entry('fits', 'x'.repeat(1_024)), entry('bad', 'x'.repeat(1_025))],
      'small',
    );
    expect(output.Failed).toMatchObject([
      {
        Id: 'bad',
        Code: 'InvalidParameterValue',
        Message:
          'One or more parameters are invalid. Reason: Message must be shorter than 1024 bytes.',
      },
    ]);
    expect(services.violations).toMatchObject([
      { rule: 'message-bytes', limit: 1_024, actual: 1_025 },
    ]);
  });

  it.each<[string, string, Partial<Entry>]>([
    ['a delay', 'delay', fifo({ DelaySeconds: 1 })],
    ['a space in the group', 'fifo-id', fifo({ MessageGroupId: 'a b' })],
    ['a group of 129 characters', 'fifo-id', fifo({ MessageGroupId: 'x'.repeat(129) })],
    ['an umlaut in the deduplication id', 'fifo-id', fifo({ MessageDeduplicationId: 'ü' })],
  ])('%s on a FIFO queue', async (_, rule, more) => {
    await using services = await startLocalServices();
    const output = await send(
      services,
      [entry('good', 'x', fifo()), entry('bad', 'x', more)],
      'logs.fifo',
    );
    expect(output.Failed).toMatchObject([{ Id: 'bad', SenderFault: true }]);
    expect(services.violations).toMatchObject([{ rule, scope: 'entry' }]);
  });
});

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

it('a single message obeys the same rules, for the whole call', async () => {
  await using services = await startLocalServices();
  const command = new SendMessageCommand({
    QueueUrl: services.sqs.queueUrl('logs'),
    MessageBody: '\u0000',
  });
  expect((await refusalOf(clientOf(services).send(command))).name).toBe('InvalidMessageContents');
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
