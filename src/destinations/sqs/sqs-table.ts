import { COMMON_TABLE } from '../../manifest/common-table.ts';
import { choice } from '../../manifest/kinds/choice-kind.ts';
import { map } from '../../manifest/kinds/map-kind.ts';
import { number } from '../../manifest/kinds/number-kind.ts';
import { address, template } from '../../manifest/kinds/text-kind.ts';
import type { OptionTable } from '../../manifest/option-table.ts';
import { AWS_CLIENT_TABLE } from '../aws/aws-client-table.ts';
import type { SqsLogRecordExporterOptions } from './index.ts';

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
