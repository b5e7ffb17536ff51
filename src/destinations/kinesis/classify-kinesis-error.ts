import { type AwsFailure, awsErrorName, classifyAwsError } from '../aws/classify-aws-error.ts';

/**
 * What a failed call means for the records in it. A stream whose shards have no room left refuses with a
 * status of 400 (https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecords.html, Errors).
 */
export function classifyKinesisError(thrown: unknown, wallMillis: number): AwsFailure {
  const failure = classifyAwsError(thrown, wallMillis);
  return awsErrorName(thrown) === 'ProvisionedThroughputExceededException'
    ? { status: 'retryable', error: failure.error }
    : failure;
}
