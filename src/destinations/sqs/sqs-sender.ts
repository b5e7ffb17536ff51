import type { SendMessageBatchCommandOutput } from '@aws-sdk/client-sqs';
import type { Destination, DestinationRequest } from '../../exporter/destination.ts';
import type { ReusedMemory } from '../../exporter/reused-memory.ts';
import type { PackedEntry } from '../../pack/packed-entry.ts';
import type { Target } from '../../route/target.ts';
import type { SendOutcome } from '../../send/send-outcome.ts';
import { ServiceError } from '../../service-error.ts';
import { answeredOk } from '../aws/answered-ok.ts';
import { OwnBodyCalls } from '../aws/own-body-calls.ts';
import { inOwnTurns } from '../aws/own-turn.ts';
import { type BatchMessages, batchBody } from './batch-body.ts';
import { batchOutcome } from './batch-outcome.ts';
import { classifySqsError, isChecksumError, tooLargeOutcome } from './classify-sqs-error.ts';
import { ATTRIBUTE_PREFIX } from './message-attributes-option.ts';
import type { MessageFormat } from './message-format.ts';
import { isFifo } from './queue-option.ts';
import type { QueueUrlLookup, SqsCall } from './queue-url-lookup.ts';
import { isQueueUrl } from './sqs-limits.ts';

export interface SqsSenderParts {
  /** The SDK and a client, made on first use. */
  readonly getClient: (resource: Target['resource']) => Promise<Omit<SqsCall, 'signal'>>;
  readonly lookup: QueueUrlLookup;
  readonly format: MessageFormat;
  /** Bytes of an entry that fits a message of so many bytes. */
  readonly maxEntryBytesFor: (messageBytes: number) => number;
  /** True when messages to standard queues have a group too. */
  readonly groupsAlways: boolean;
  /** Tells the messages of this exporter from those of all others. */
  readonly deduplicationPrefix: string;
  /** The queue has the messages, but the client found another checksum. */
  readonly onChecksumError: () => void;
  readonly buffers: ReusedMemory;
}

/** Makes one SendMessageBatch call and says what became of each message; looks up the queue when needed. */
export function createSqsSender(parts: SqsSenderParts): Destination['send'] {
  const calls = new OwnBodyCalls<SendMessageBatchCommandOutput>();
  return async (request, { signal }) => {
    try {
      const call: SqsCall = { ...(await parts.getClient(request.target.resource)), signal };
      const queueUrl = await queueUrlOf(request.target, parts.lookup, call);
      if (!isQueueUrl(queueUrl)) return refusedAddress();
      return await sendBatch(request, queueUrl, { ...parts, calls }, call);
    } catch (thrown) {
      if (isChecksumError(thrown)) {
        parts.onChecksumError();
        return { status: 'delivered' };
      }
      const { isQueueMissing, ...failure } = classifySqsError(thrown, Date.now());
      if (isQueueMissing) parts.lookup.forget(queueOf(request.target));
      return tooLargeOutcome(failure, request.entries, parts.maxEntryBytesFor) ?? failure;
    }
  };
}

/** The queue as its option names it: a name or an address. */
export function queueOf({ names }: Pick<Target, 'names'>): string {
  return names['queueName'] ?? names['queueUrl'] ?? '';
}

async function queueUrlOf(target: Target, lookup: QueueUrlLookup, call: SqsCall): Promise<string> {
  return target.names['queueUrl'] ?? (await lookup.find(queueOf(target), call));
}

async function sendBatch(
  { entries, target }: DestinationRequest,
  queueUrl: string,
  parts: SqsSenderParts & { readonly calls: OwnBodyCalls<SendMessageBatchCommandOutput> },
  { signal, ...ready }: SqsCall,
): Promise<SendOutcome> {
  const { buffers, calls, deduplicationPrefix, format, groupsAlways, maxEntryBytesFor } = parts;
  const isOrdered = isFifo(queueOf(target));
  const messages: BatchMessages = {
    queueUrl,
    entries,
    bodies: await bodiesOf(entries, format),
    isBase64: format.isBase64,
    attributes: { ...format.attributes, ...attributesOf(target) },
    messageGroupId: isOrdered || groupsAlways ? target.names['messageGroupId'] : undefined,
    deduplicationPrefix: isOrdered ? deduplicationPrefix : undefined,
  };
  const body = await inOwnTurns(signal, () => batchBody(messages, buffers));
  const call = { body, key: queueUrl, signal };
  const response = await calls.send(ready, call, (use, options) => {
    const command = new ready.sdk.SendMessageBatchCommand({ QueueUrl: queueUrl, Entries: [] });
    use(command.middlewareStack);
    return ready.client.send(command, options);
  });
  const outcome = batchOutcome(response, entries.length, maxEntryBytesFor);
  return answeredOk(outcome);
}

async function bodiesOf(
  entries: readonly PackedEntry[],
  { compress }: MessageFormat,
): Promise<BatchMessages['bodies']> {
  return compress === undefined
    ? entries
    : Promise.all(entries.map(async ({ bytes }) => ({ bytes: await compress(bytes) })));
}

function attributesOf({ names }: Target): Record<string, string> {
  return Object.fromEntries(
    Object.entries(names)
      .filter(([name]) => name.startsWith(ATTRIBUTE_PREFIX))
      .map(([name, value]) => [name.slice(ATTRIBUTE_PREFIX.length), value]),
  );
}

function refusedAddress(): SendOutcome {
  const error = new ServiceError('The address of the queue is no http(s) address with a path', {
    code: 'InvalidAddress',
  });
  return { status: 'rejected', reason: 'invalid', error };
}
