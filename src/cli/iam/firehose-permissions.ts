import type { OptionValues } from '../../setup/environment/build-options.ts';
import { namePattern } from './name-pattern.ts';
import { allow, type Permissions, type Scope } from './policy.ts';

/** What the exporter calls on Firehose. A key of the delivery stream is used by a grant, not by the sender. */
export function firehosePermissions(options: OptionValues, scope: Scope): Permissions {
  const { account, partition, region } = scope;
  const name = namePattern(String(options['deliveryStreamName']));
  const stream = `arn:${partition}:firehose:${region}:${account}:deliverystream/${name}`;
  return { statements: [allow(['firehose:PutRecordBatch'], [stream])], notes: [] };
}
