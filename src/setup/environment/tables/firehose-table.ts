import type { FirehoseLogRecordExporterOptions } from '../../../destinations/firehose/index.ts';
import { choice } from '../kinds/choice-kind.ts';
import { delimiter } from '../kinds/delimiter-kind.ts';
import { number } from '../kinds/number-kind.ts';
import { template } from '../kinds/text-kind.ts';
import type { OptionTable } from '../option-table.ts';
import { AWS_CLIENT_TABLE } from './aws-client-table.ts';
import { COMMON_TABLE } from './common-table.ts';

export const FIREHOSE_TABLE: OptionTable<FirehoseLogRecordExporterOptions> = {
  deliveryStreamName: { kind: template(), isIndispensable: true },
  aggregation: { kind: choice({ none: true, lines: true }) },
  delimiter: { kind: delimiter() },
  maxRecordBytes: { kind: number('bytes') },
  maxRecordsPerRequest: { kind: number() },
  maxRequestBytes: { kind: number('bytes') },
  ...AWS_CLIENT_TABLE,
  ...COMMON_TABLE,
};
