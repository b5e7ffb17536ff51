import type {
  KinesisClient,
  PutRecordsCommandOutput,
  PutRecordsResultEntry,
} from '@aws-sdk/client-kinesis';
import type { Destination } from '../../exporter/destination.ts';
import { entryBytes } from '../../exporter/each-entry.ts';
import type { ReusedMemory } from '../../exporter/reused-memory.ts';
import type { PackedEntry } from '../../pack/packed-entry.ts';
import type { Target } from '../../route/target.ts';
import type { EntryOutcome, SendOutcome } from '../../send/send-outcome.ts';
import { ServiceError } from '../../service-error.ts';
import { answeredOk } from '../aws/answered-ok.ts';
import type { ByteTurns } from '../aws/byte-turns.ts';
import { classifyAwsError } from '../aws/classify-aws-error.ts';
import { errorCode } from '../aws/error-code.ts';
import { JsonBody } from '../aws/json-body.ts';
import type { ReadyAwsClient } from '../aws/lazy-aws-client.ts';
import { OwnBodyCalls } from '../aws/own-body-calls.ts';
import { inOwnTurns } from '../aws/own-turn.ts';
import type { PartitionKeys } from './partition-keys.ts';

type KinesisSdk = typeof import('@aws-sdk/client-kinesis');

export interface KinesisSenderParts {
  /** The SDK and a client, made on first use. */
  readonly getClient: (
    resource: Target['resource'],
  ) => Promise<ReadyAwsClient<KinesisSdk, KinesisClient>>;
  readonly keys: PartitionKeys;
  /** Applied to each Kinesis record. */
  readonly compress: ((bytes: Uint8Array) => Promise<Uint8Array>) | undefined;
  readonly buffers: ReusedMemory;
}

interface KinesisRecord {
  /** Unless they are compressed, its bytes are read in the turn in which they are written: they may have to be made. */
  readonly entry: Pick<PackedEntry, 'bytes'>;
  readonly partitionKey: string;
}

/** Makes one PutRecords call and says what became of each record. */
export function createKinesisSender(parts: KinesisSenderParts): Destination['send'] {
  const calls = new OwnBodyCalls<PutRecordsCommandOutput>();
  return async ({ entries, target }, { signal }) => {
    try {
      const ready = await parts.getClient(target.resource);
      const stream = streamOf(target.names);
      const records = await recordsOf(entries, target.names, parts);
      const body = await inOwnTurns(signal, (turns) =>
        putRecordsBody(stream, records, parts.buffers, turns),
      );
      const key = JSON.stringify(stream);
      const response = await calls.send(ready, { body, key, signal }, (use, options) => {
        // The SDK reads an ARN for the address; the body is ours.
        const command = new ready.sdk.PutRecordsCommand({ ...stream, Records: [] });
        use(command.middlewareStack);
        return ready.client.send(command, options);
      });
      return answeredOk(outcomeOf(response, entries.length));
    } catch (thrown) {
      return classifyAwsError(thrown, Date.now());
    }
  };
}

function streamOf({ streamArn, streamName }: Readonly<Record<string, string>>): {
  readonly StreamARN?: string;
  readonly StreamName?: string;
} {
  return {
    ...(streamArn === undefined ? {} : { StreamARN: streamArn }),
    ...(streamName === undefined ? {} : { StreamName: streamName }),
  };
}

async function recordsOf(
  entries: readonly PackedEntry[],
  names: Readonly<Record<string, string>>,
  { compress, keys }: KinesisSenderParts,
): Promise<readonly KinesisRecord[]> {
  const records = entries.map((entry) => ({ entry, partitionKey: keys.keyOf(entry, names) }));
  if (compress === undefined) return records;
  return Promise.all(
    records.map(async ({ entry, partitionKey }) => {
      const bytes = await compress(entry.bytes);
      return { entry: { bytes }, partitionKey };
    }),
  );
}

async function putRecordsBody(
  stream: object,
  records: readonly KinesisRecord[],
  buffers: ReusedMemory,
  turns: ByteTurns,
): Promise<JsonBody> {
  const bytes = records.reduce(
    (sum, { entry, partitionKey }) => sum + entryBytes(entry) * 1.34 + partitionKey.length * 3 + 48,
    0,
  );
  const body = new JsonBody(buffers, Math.ceil(bytes) + 4096);
  body.syntax('{"Records":[');
  let separator = '{"Data":';
  for (const { entry, partitionKey } of records) {
    const bytesOfRecord = entryBytes(entry);
    if (!turns.hasRoomFor(bytesOfRecord)) await turns.next();
    turns.add(bytesOfRecord);
    body.syntax(separator).base64(entry.bytes).syntax(',"PartitionKey":').value(partitionKey);
    separator = '},{"Data":';
  }
  const [[member, name] = []] = Object.entries(stream);
  return body.syntax(`}],"${member}":`).value(name).syntax('}');
}

/**
 * A 200 says what became of each record by its index; the SDK does not look at it
 * (https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecords.html).
 */
function outcomeOf(response: PutRecordsCommandOutput, entryCount: number): SendOutcome {
  const answers = response.Records;
  if (!Array.isArray(answers) || answers.length !== entryCount) {
    const message = `The answer tells of ${Array.isArray(answers) ? answers.length : 0} of ${entryCount} records`;
    return { status: 'retryable', error: new ServiceError(message, { code: 'MalformedAnswer' }) };
  }
  const entries = answers.map(entryOutcome);
  if (entries.every(({ status }) => status === 'delivered')) return { status: 'delivered' };
  return { status: 'partial', entries };
}

/**
 * What is stored has a sequence number. What is not was too much for its shard, or failed inside the service:
 * `ProvisionedThroughputExceededException` and `InternalFailure` are all there is, and pass with time.
 */
function entryOutcome(answer: PutRecordsResultEntry | null | undefined): EntryOutcome {
  const { ErrorCode, ErrorMessage, SequenceNumber } = answer ?? {};
  if (!ErrorCode && SequenceNumber) return { status: 'delivered' };
  const code = ErrorCode ? errorCode(ErrorCode) : 'MalformedAnswer';
  const message =
    ErrorMessage ?? (ErrorCode ? '' : 'The answer names neither a number nor an error');
  return { status: 'retryable', error: new ServiceError(message, { code, httpStatusCode: 200 }) };
}
