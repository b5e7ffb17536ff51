import { COMMON_TABLE } from '../../manifest/common-table.ts';
import { choice } from '../../manifest/kinds/choice-kind.ts';
import { delimiter } from '../../manifest/kinds/delimiter-kind.ts';
import { number } from '../../manifest/kinds/number-kind.ts';
import { template, text } from '../../manifest/kinds/text-kind.ts';
import type { OptionTable } from '../../manifest/option-table.ts';
import { AWS_CLIENT_TABLE } from '../aws/aws-client-table.ts';
import type { KinesisLogRecordExporterOptions } from './index.ts';

export const KINESIS_TABLE: OptionTable<KinesisLogRecordExporterOptions> = {
  streamName: { kind: template(), isIndispensable: true },
  streamArn: { kind: text('an ARN or a template of one'), isIndispensable: true },
  partitionKey: { kind: template() },
  aggregation: { kind: choice({ none: true, lines: true }) },
  delimiter: { kind: delimiter() },
  maxRecordBytes: { kind: number('bytes') },
  maxRecordsPerRequest: { kind: number() },
  maxRequestBytes: { kind: number('bytes') },
  ...AWS_CLIENT_TABLE,
  ...COMMON_TABLE,
};
