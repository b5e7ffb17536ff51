import type { FirehoseClient, PutRecordBatchCommandOutput } from '@aws-sdk/client-firehose';
import type { Destination } from '../../exporter/destination.ts';
import { entryCountOf } from '../../exporter/each-entry.ts';
import { separateEntries } from '../../exporter/joined-entries.ts';
import type { ReusedMemory } from '../../exporter/reused-memory.ts';
import { objectProperty } from '../../object-property.ts';
import type { PackedEntry } from '../../pack/packed-entry.ts';
import type { Target } from '../../route/target.ts';
import type { EntryOutcome, SendOutcome } from '../../send/send-outcome.ts';
import { ServiceError } from '../../service-error.ts';
import { answeredOk } from '../aws/answered-ok.ts';
import type { OnResponse } from '../aws/call-middleware.ts';
import { classifyAwsError } from '../aws/classify-aws-error.ts';
import { errorCode } from '../aws/error-code.ts';
import type { ReadyAwsClient } from '../aws/lazy-aws-client.ts';
import { OwnBodyCalls } from '../aws/own-body-calls.ts';
import { inOwnTurns } from '../aws/own-turn.ts';
import { takeAnswer } from '../aws/take-answer.ts';
import { recordsBody } from './records-body.ts';
import { tellsAllStored } from './tells-all-stored.ts';

type FirehoseSdk = typeof import('@aws-sdk/client-firehose');

export interface FirehoseSenderParts {
  /** The SDK and a client, made on first use. */
  readonly getClient: (
    resource: Target['resource'],
  ) => Promise<ReadyAwsClient<FirehoseSdk, FirehoseClient>>;
  /** Applied to each Firehose record. */
  readonly compress: ((bytes: Uint8Array) => Promise<Uint8Array>) | undefined;
  readonly buffers: ReusedMemory;
}

const ALL_STORED: PutRecordBatchCommandOutput = {
  FailedPutCount: 0,
  RequestResponses: [],
  $metadata: {},
};

/** Makes one PutRecordBatch call and says what became of each record. */
export function createFirehoseSender(parts: FirehoseSenderParts): Destination['send'] {
  const calls = new OwnBodyCalls<PutRecordBatchCommandOutput>();
  return async ({ entries, target }, { signal }) => {
    try {
      const ready = await parts.getClient(target.resource);
      const { client, isPrivate, sdk } = ready;
      const deliveryStreamName = target.names['deliveryStreamName'];
      const count = entryCountOf(entries);
      const records = await compressed(entries, parts.compress);
      const body = await inOwnTurns(signal, (turns) =>
        recordsBody(deliveryStreamName, records, parts.buffers, turns),
      );
      let answer: unknown;
      const onResponse: OnResponse<PutRecordBatchCommandOutput> = async (response) => {
        // A user's middleware reads the answer too.
        if (!isPrivate) return undefined;
        answer = await takeAnswer(response, (bytes) =>
          tellsAllStored(bytes, count) ? ALL_STORED : undefined,
        );
        return answer === ALL_STORED ? ALL_STORED : undefined;
      };
      const key = deliveryStreamName ?? '';
      const output = await calls.send(ready, { body, key, onResponse, signal }, (use, options) => {
        const command = new sdk.PutRecordBatchCommand({
          DeliveryStreamName: deliveryStreamName,
          Records: [],
        });
        use(command.middlewareStack);
        return client.send(command, options);
      });
      return answeredOk(outcomeOf(answer ?? output, count));
    } catch (thrown) {
      return classifyAwsError(thrown, Date.now());
    }
  };
}

/** The entries, or their bytes compressed. */
async function compressed(
  entries: readonly PackedEntry[],
  compress: FirehoseSenderParts['compress'],
): Promise<readonly PackedEntry[]> {
  if (compress === undefined) return entries;
  const compressOne = async (entry: PackedEntry) => ({
    ...entry,
    bytes: await compress(entry.bytes),
  });
  return Promise.all(separateEntries(entries).map(compressOne));
}

/**
 * A 200 says what became of each record by its index; the SDK does not look at it
 * (https://docs.aws.amazon.com/firehose/latest/APIReference/API_PutRecordBatch.html).
 */
function outcomeOf(answer: unknown, entryCount: number): SendOutcome {
  const answers = objectProperty(answer, 'RequestResponses');
  const noneFailed = objectProperty(answer, 'FailedPutCount') === 0;
  if (!Array.isArray(answers) || answers.length !== entryCount) {
    if (noneFailed) return { status: 'delivered' };
    const told = Array.isArray(answers) ? answers.length : 0;
    const message = `The answer tells of ${told} of ${entryCount} records`;
    return { status: 'retryable', error: new ServiceError(message, { code: 'MalformedAnswer' }) };
  }
  const entries = answers.map((entry) => entryOutcome(entry, noneFailed));
  if (entries.every(({ status }) => status === 'delivered')) return { status: 'delivered' };
  return { status: 'partial', entries };
}

/** What is stored has an id; an answer with neither id nor error is believed only when none failed. */
function entryOutcome(answer: unknown, noneFailed: boolean): EntryOutcome {
  const named = objectProperty(answer, 'ErrorCode');
  if (!named && (objectProperty(answer, 'RecordId') || noneFailed)) return { status: 'delivered' };
  const code = named ? errorCode(named) : 'MalformedAnswer';
  const text = objectProperty(answer, 'ErrorMessage');
  const message =
    typeof text === 'string' ? text : named ? '' : 'The answer names neither an id nor an error';
  return { status: 'retryable', error: new ServiceError(message, { code, httpStatusCode: 200 }) };
}
