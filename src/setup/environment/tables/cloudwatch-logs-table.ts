import type { CloudWatchLogRecordExporterOptions } from '../../../destinations/cloudwatch-logs/index.ts';
import { boolean } from '../kinds/boolean-kind.ts';
import { choice } from '../kinds/choice-kind.ts';
import { map } from '../kinds/map-kind.ts';
import { number } from '../kinds/number-kind.ts';
import { template, text } from '../kinds/text-kind.ts';
import type { OptionTable } from '../option-table.ts';
import { AWS_CLIENT_TABLE } from './aws-client-table.ts';
import { COMMON_TABLE } from './common-table.ts';

export const CLOUDWATCH_LOGS_TABLE: OptionTable<CloudWatchLogRecordExporterOptions> = {
  logGroupName: { kind: template() },
  logStreamName: { kind: template() },
  createLogGroup: { kind: boolean() },
  createLogStream: { kind: boolean() },
  retentionInDays: { kind: number('days') },
  logGroupClass: { kind: text() },
  kmsKeyId: { kind: text('the ARN of a key') },
  tags: { kind: map() },
  entity: { members: { keyAttributes: { kind: map() }, attributes: { kind: map() } } },
  rejected: { kind: choice({ drop: true, restamp: true }) },
  maxEventBytes: { kind: number('bytes') },
  ...AWS_CLIENT_TABLE,
  ...COMMON_TABLE,
};
