import { namePattern } from '../../../cli/iam/name-pattern.ts';
import { allow, type Permissions, type Scope } from '../../../cli/iam/policy.ts';
import type { OptionValues } from '../../../setup/environment/build-options.ts';

/**
 * What the exporter calls on Kinesis Data Streams.
 *
 * @param kmsKeyArn The key of the stream; its producers need one action on it
 * (https://docs.aws.amazon.com/streams/latest/dev/permissions-user-key-KMS.html, read 2026-11-21).
 */
export function kinesisPermissions(
  { streamArn, streamName }: OptionValues,
  { account, partition, region }: Scope,
  kmsKeyArn: string | undefined,
): Permissions {
  const name = streamArn === undefined ? String(streamName) : nameIn(String(streamArn));
  const stream = `arn:${partition}:kinesis:${region}:${account}:stream/${namePattern(name)}`;
  return {
    statements: [
      allow(['kinesis:PutRecords'], [stream]),
      ...(kmsKeyArn === undefined ? [] : [allow(['kms:GenerateDataKey'], [kmsKeyArn])]),
    ],
    notes: [],
  };
}

/** What an ARN says: `arn:aws:kinesis:eu-west-1:123456789012:stream/logs`. */
export function placeOfStream({ streamArn }: OptionValues): Partial<Scope> {
  const [, , , region, account] = String(streamArn ?? '').split(':');
  return region === undefined || account === undefined ? {} : { account, region };
}

function nameIn(arn: string): string {
  return arn.slice(arn.indexOf('/') + 1);
}
