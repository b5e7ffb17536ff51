import type { SqsLogRecordExporterOptions } from '../../../destinations/sqs/index.ts';
import { choice } from '../kinds/choice-kind.ts';
import { map } from '../kinds/map-kind.ts';
import { number } from '../kinds/number-kind.ts';
import { address, template } from '../kinds/text-kind.ts';
import type { OptionTable } from '../option-table.ts';
import { AWS_CLIENT_TABLE } from './aws-client-table.ts';
import { COMMON_TABLE } from './common-table.ts';

export const SQS_TABLE: OptionTable<SqsLogRecordExporterOptions> = {
  queueUrl: { kind: address('an address or a template of one'), isIndispensable: true },
  queueName: { kind: template(), isIndispensable: true },
  aggregation: { kind: choice({ none: true, lines: true }) },
  messageGroupId: { kind: template() },
  messageAttributes: { kind: map() },
  maxMessageBytes: { kind: number('bytes') },
  maxMessagesPerRequest: { kind: number() },
  ...AWS_CLIENT_TABLE,
  ...COMMON_TABLE,
};
