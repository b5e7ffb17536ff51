import { AwsError } from '../aws/aws-error.ts';
import {
  type AwsCallContext,
  type AwsOperation,
  awsOperation,
  type MissingMember,
} from '../aws/aws-operation.ts';
import type { AwsService } from '../aws/aws-service.ts';
import type { RateLimits } from '../aws/rate-limits.ts';
import { list, optional, structure, text } from '../aws/shape.ts';
import { checkRecords, checkStream, type ReadRecord } from './check-kinesis-records.ts';
import { kinesisLimits } from './kinesis-limits.ts';
import type { LocalKinesis } from './local-kinesis.ts';

const TOO_MUCH = 'ProvisionedThroughputExceededException';

const missing: MissingMember = ({ path, message }) =>
  new AwsError(
    'ValidationException',
    `1 validation error detected: Value null at '${path}' failed to satisfy constraint: ${message}`,
  );

/** The operation of Amazon Kinesis Data Streams that a sender of logs needs. */
export function kinesisService(store: LocalKinesis, rates: RateLimits, region: string): AwsService {
  return {
    name: 'kinesis',
    signingName: 'kinesis',
    targetPrefix: 'Kinesis_20131202',
    jsonVersion: '1.1',
    operations: new Map([['PutRecords', putRecords(store, rates, region)]]),
    faultNames: {
      throttle: [TOO_MUCH, 'Rate exceeded for stream under account 000000000000.'],
      unavailable: 'ServiceUnavailable',
      internal: 'InternalFailure',
      expired: 'ExpiredTokenException',
      notFound: ['ResourceNotFoundException', 'Stream under account 000000000000 not found.'],
    },
    deleteTarget: (name) => store.deleteStream(name),
  };
}

function putRecords(store: LocalKinesis, rates: RateLimits, region: string): AwsOperation {
  return awsOperation({
    input: structure({
      StreamName: optional(text),
      StreamARN: optional(text),
      Records: list(structure({ Data: text, PartitionKey: text, ExplicitHashKey: optional(text) })),
    }),
    missing,
    target: ({ StreamARN, StreamName }) => StreamName ?? StreamARN?.split('/')[1] ?? '',
    entryCount: ({ Records }) => Records.length,
    run(input, context) {
      const streamName = checkStream(input, region, context.check);
      const records = checkRecords(input.Records, store.maxRecordBytes, context.check);
      if (!store.hasStream(streamName)) {
        const message = `Stream ${streamName} under account 000000000000 not found.`;
        throw new AwsError('ResourceNotFoundException', message);
      }
      const results = records.map((record, index) =>
        put({ record, index, streamName }, { store, rates, context }),
      );
      const failed = results.filter((result) => 'ErrorCode' in result);
      return { FailedRecordCount: failed.length, EncryptionType: 'NONE', Records: results };
    },
  });
}

function put(
  { index, record, streamName }: { record: ReadRecord; index: number; streamName: string },
  parts: { store: LocalKinesis; rates: RateLimits; context: AwsCallContext },
): object {
  const { context, rates, store } = parts;
  const shard = store.shardOf(record.partitionKey, record.explicitHashKey);
  const shardId = `shardId-${String(shard).padStart(12, '0')}`;
  if (context.entryFails(index)) return failedEntry(context, shardId, streamName);
  const bytes = record.data.length + Buffer.byteLength(record.partitionKey);
  const key = `${streamName} ${shardId}`;
  const { bytesPerSecond, recordsPerSecond } = kinesisLimits;
  const isWithin =
    rates.take(`${key} records`, 1, recordsPerSecond, context.nowMillis) &&
    // One that is larger than a second's bytes takes a second of its own.
    rates.take(`${key} bytes`, Math.min(bytes, bytesPerSecond), bytesPerSecond, context.nowMillis);
  if (!isWithin) return failedEntry(context, shardId, streamName);
  const { data, partitionKey } = record;
  store.store({ data, partitionKey, streamName, shard, arrivedAtMillis: context.nowMillis });
  return { SequenceNumber: String(store.recordCount).padStart(56, '0'), ShardId: shardId };
}

function failedEntry({ fault }: AwsCallContext, shardId: string, streamName: string): object {
  return {
    ErrorCode: (fault?.kind === 'partial-failure' ? fault.code : undefined) ?? TOO_MUCH,
    ErrorMessage: `Rate exceeded for shard ${shardId} in stream ${streamName} under account 000000000000.`,
  };
}
