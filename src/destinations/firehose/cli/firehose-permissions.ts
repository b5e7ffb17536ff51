import { namePattern } from '../../../cli/iam/name-pattern.ts';
import { allow, type Permissions, type Scope } from '../../../cli/iam/policy.ts';
import type { OptionValues } from '../../../setup/environment/build-options.ts';

/** What the exporter calls on Firehose. A key of the delivery stream is used by a grant, not by the sender. */
export function firehosePermissions(options: OptionValues, scope: Scope): Permissions {
  const { account, partition, region } = scope;
  const name = namePattern(String(options['deliveryStreamName']));
  const stream = `arn:${partition}:firehose:${region}:${account}:deliverystream/${name}`;
  return { statements: [allow(['firehose:PutRecordBatch'], [stream])], notes: [] };
}
