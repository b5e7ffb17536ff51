import { COMMON_TABLE } from '../../manifest/common-table.ts';
import { boolean } from '../../manifest/kinds/boolean-kind.ts';
import { choice } from '../../manifest/kinds/choice-kind.ts';
import { map } from '../../manifest/kinds/map-kind.ts';
import { number } from '../../manifest/kinds/number-kind.ts';
import { template, text } from '../../manifest/kinds/text-kind.ts';
import type { OptionTable } from '../../manifest/option-table.ts';
import { AWS_CLIENT_TABLE } from '../aws/aws-client-table.ts';
import type { CloudWatchLogRecordExporterOptions } from './index.ts';

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
