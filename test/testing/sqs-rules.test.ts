import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { startLocalServices } from '../../src/testing/index.ts';
import { refusalOf } from './support/refusal-of.ts';
import {
  attribute,
  attributes,
  clientOf,
  type Entry,
  entry,
  fifo,
  send,
} from './support/sqs-calls.ts';

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

it('a single message obeys the same rules, for the whole call', async () => {
  await using services = await startLocalServices();
  const command = new SendMessageCommand({
    QueueUrl: services.sqs.queueUrl('logs'),
    MessageBody: '\u0000',
  });
  expect((await refusalOf(clientOf(services).send(command))).name).toBe('InvalidMessageContents');
});
