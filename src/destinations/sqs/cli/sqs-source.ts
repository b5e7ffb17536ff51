import { setTimeout } from 'node:timers/promises';
import type { Message } from '@aws-sdk/client-sqs';
import type { CliIo } from '../../../cli/cli-io.ts';
import type { EncodingOptions } from '../../../cli/print/encoding-options.ts';
import type { Messages } from '../../../cli/print/messages.ts';
import { MessageDecoder } from '../../../cli/tail/message-decoder.ts';
import { createPatientCall } from '../../../cli/tail/patient-calls.ts';
import type { RecordBatch } from '../../../cli/tail/record-batch.ts';
import { SeenIds } from '../../../cli/tail/seen-ids.ts';
import { withTime } from '../../../cli/tail/with-time.ts';
import { describeError } from '../../../describe-error.ts';
import { openSqsQueue, type SqsQueueOptions } from './sqs-queue.ts';

export interface SqsSourceOptions extends Pick<EncodingOptions, 'encoding'>, SqsQueueOptions {
  /** Takes what it has printed out of the queue. */
  readonly delete?: boolean;
}

/** What stays in the queue comes again and again. */
const REMEMBERED_MESSAGES = 100_000;
const NOTHING_NEW_PAUSE_MILLIS = 1000;

/** Reads a queue by its name or address. */
export async function* sqsSource(
  queueName: string,
  options: SqsSourceOptions,
  io: CliIo,
  messages: Messages,
): AsyncGenerator<RecordBatch> {
  const patiently = await createPatientCall(
    { what: `queue ${queueName}`, permissions: permissionsOf(options) },
    io,
    messages,
  );
  const queue = await openSqsQueue(queueName, options);
  const decoder = new MessageDecoder(options, messages);
  const seen = new SeenIds(REMEMBERED_MESSAGES);
  const printed = new SeenIds(REMEMBERED_MESSAGES);
  let received: readonly Message[] = [];
  try {
    for (;;) {
      received = await patiently(() => queue.receive(io.signal));
      const fresh = received.filter((message) => seen.add(idOf(message)));
      for (const message of fresh) yield batchOf(message);
      await deletePrinted();
      if (fresh.length === 0 && received.length > 0) {
        await setTimeout(NOTHING_NEW_PAUSE_MILLIS, undefined, { signal: io.signal });
      }
    }
  } finally {
    await deletePrinted();
    queue.close();
  }

  function batchOf(message: Message): RecordBatch {
    const { Attributes, Body = '' } = message;
    const sentMillis = Number(Attributes?.SentTimestamp);
    const { hasParts, isDamaged, records } = decoder.read(Body, `message ${idOf(message)}`);
    return {
      records: records.map((record) => withTime(record, sentMillis)),
      settle({ areAllPrinted }) {
        // A part is printed with the last of its siblings, if ever.
        if (areAllPrinted && !isDamaged && !hasParts) printed.add(idOf(message));
      },
    };
  }

  async function deletePrinted(): Promise<void> {
    const finished = received.filter((message) => printed.has(idOf(message)));
    received = [];
    if (options.delete !== true || finished.length === 0) return;
    try {
      const failedCount = await queue.delete(finished);
      if (failedCount > 0) messages.warn(`${failedCount} printed messages are still in the queue`);
    } catch (error) {
      messages.warn(
        `${finished.length} printed messages stay in the queue: ${describeError(error)}`,
      );
    }
  }
}

function idOf({ MessageId = '' }: Message): string {
  return MessageId;
}

function permissionsOf(options: SqsSourceOptions): string {
  const actions = ['sqs:ReceiveMessage', 'sqs:GetQueueUrl for a name'];
  return (options.delete === true ? [...actions, 'sqs:DeleteMessage'] : actions).join(', ');
}
