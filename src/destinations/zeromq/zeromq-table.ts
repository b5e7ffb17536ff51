import { COMMON_TABLE } from '../../manifest/common-table.ts';
import { boolean } from '../../manifest/kinds/boolean-kind.ts';
import { choice } from '../../manifest/kinds/choice-kind.ts';
import { list } from '../../manifest/kinds/list-kind.ts';
import { number } from '../../manifest/kinds/number-kind.ts';
import { address, secret, template } from '../../manifest/kinds/text-kind.ts';
import type { OptionTable } from '../../manifest/option-table.ts';
import type { ZeroMqLogRecordExporterOptions } from './index.ts';

export const ZEROMQ_TABLE: OptionTable<ZeroMqLogRecordExporterOptions> = {
  endpoint: { kind: address(), isIndispensable: true },
  socket: { codeOnly: 'is a ready socket' },
  socketType: { kind: choice({ push: true, pub: true }) },
  bind: { kind: boolean() },
  topic: { kind: template() },
  performance: { members: { attributes: { kind: list() }, scopes: { kind: list() } } },
  aggregation: { kind: choice({ none: true, lines: true }) },
  maxRecordsPerMessage: { kind: number() },
  maxMessageBytes: { kind: number('bytes') },
  sequence: { kind: boolean() },
  sendHighWaterMark: { kind: number() },
  sendTimeoutMillis: { kind: number('milliseconds') },
  lingerMillis: { kind: number('milliseconds') },
  // Without the keys that were meant the records would go unencrypted.
  curve: {
    members: {
      serverKey: { kind: secret(), isIndispensable: true },
      publicKey: { kind: secret(), isIndispensable: true },
      secretKey: { kind: secret(), isIndispensable: true },
    },
  },
  ...COMMON_TABLE,
};
