import { randomUUID } from 'node:crypto';
import { AwsError } from '../aws/aws-error.ts';
import {
  type AwsCallContext,
  type AwsOperation,
  awsOperation,
  type MissingMember,
} from '../aws/aws-operation.ts';
import type { AwsService } from '../aws/aws-service.ts';
import type { RateLimits } from '../aws/rate-limits.ts';
import { list, structure, text } from '../aws/shape.ts';
import { checkRecords, checkStreamName } from './check-firehose-records.ts';
import { firehoseLimits } from './firehose-limits.ts';
import type { LocalFirehose } from './local-firehose.ts';

const missing: MissingMember = ({ path, message }) =>
  new AwsError(
    'ValidationException',
    `1 validation error detected: Value null at '${path}' failed to satisfy constraint: ${message}`,
  );
const record = structure({ Data: text });

/** The operations of Amazon Data Firehose that a sender of logs needs. */
export function firehoseService(store: LocalFirehose, rates: RateLimits): AwsService {
  return {
    name: 'firehose',
    signingName: 'firehose',
    targetPrefix: 'Firehose_20150804',
    jsonVersion: '1.1',
    operations: new Map([
      ['PutRecordBatch', putRecordBatch(store, rates)],
      ['PutRecord', putRecord(store, rates)],
    ]),
    faultNames: {
      throttle: ['ThrottlingException', 'Rate exceeded'],
      unavailable: 'ServiceUnavailableException',
      internal: 'InternalFailure',
      expired: 'ExpiredTokenException',
      notFound: ['ResourceNotFoundException', 'Firehose not found under account 000000000000.'],
    },
    deleteTarget: (name) => store.deleteStream(name),
  };
}

function putRecordBatch(store: LocalFirehose, rates: RateLimits): AwsOperation {
  return awsOperation({
    input: structure({ DeliveryStreamName: text, Records: list(record) }),
    missing,
    target: ({ DeliveryStreamName }) => DeliveryStreamName,
    entryCount: ({ Records }) => Records.length,
    run({ DeliveryStreamName, Records }, context) {
      const accepted = acceptRecords(store, DeliveryStreamName, Records, context);
      assertThroughput(rates, DeliveryStreamName, accepted, context.nowMillis);
      const failure = failedEntry(context);
      let failedPutCount = 0;
      const responses = accepted.map((data, index) => {
        if (context.entryFails(index)) {
          failedPutCount += 1;
          return failure;
        }
        store.store(DeliveryStreamName, data, context.nowMillis);
        return { RecordId: recordId() };
      });
      return { FailedPutCount: failedPutCount, Encrypted: false, RequestResponses: responses };
    },
  });
}

function putRecord(store: LocalFirehose, rates: RateLimits): AwsOperation {
  return awsOperation({
    input: structure({ DeliveryStreamName: text, Record: record }),
    missing,
    target: ({ DeliveryStreamName }) => DeliveryStreamName,
    run({ DeliveryStreamName, Record: one }, context) {
      if (context.entryFails(0)) {
        throw new AwsError('ServiceUnavailableException', 'Slow down.', 503);
      }
      const accepted = acceptRecords(store, DeliveryStreamName, [one], context);
      assertThroughput(rates, DeliveryStreamName, accepted, context.nowMillis);
      for (const data of accepted) {
        store.store(DeliveryStreamName, data, context.nowMillis);
      }
      return { RecordId: recordId(), Encrypted: false };
    },
  });
}

function acceptRecords(
  store: LocalFirehose,
  name: string,
  records: readonly { readonly Data: string }[],
  { check }: AwsCallContext,
): Buffer[] {
  checkStreamName(name, check);
  const accepted = checkRecords(records, check);
  if (!store.hasStream(name)) {
    throw new AwsError(
      'ResourceNotFoundException',
      `Firehose ${name} not found under account 000000000000.`,
    );
  }
  return accepted;
}

function assertThroughput(
  rates: RateLimits,
  name: string,
  records: readonly Buffer[],
  nowMillis: number,
): void {
  const { callsPerSecond, recordsPerSecond, bytesPerSecond } = firehoseLimits;
  const bytes = records.reduce((sum, { length }) => sum + length, 0);
  const isWithin =
    rates.take(`${name} calls`, 1, callsPerSecond, nowMillis) &&
    rates.take(`${name} records`, records.length, recordsPerSecond, nowMillis) &&
    rates.take(`${name} bytes`, bytes, bytesPerSecond, nowMillis);
  if (!isWithin) throw new AwsError('ServiceUnavailableException', 'Slow down.', 503);
}

function failedEntry({ fault }: AwsCallContext): { ErrorCode: string; ErrorMessage: string } {
  const code = fault?.kind === 'partial-failure' ? fault.code : undefined;
  return {
    ErrorCode: code ?? 'ServiceUnavailableException',
    ErrorMessage: 'Slow down.',
  };
}

// Ids are made for each record: a counter behind one random part costs a fraction of a random one each.
const idPrefix = randomUUID();
let recordsSoFar = 0;

function recordId(): string {
  recordsSoFar += 1;
  return `${idPrefix}-${recordsSoFar}`;
}
