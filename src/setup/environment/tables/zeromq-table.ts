import type { ZeroMqLogRecordExporterOptions } from '../../../destinations/zeromq/index.ts';
import { boolean } from '../kinds/boolean-kind.ts';
import { choice } from '../kinds/choice-kind.ts';
import { list } from '../kinds/list-kind.ts';
import { number } from '../kinds/number-kind.ts';
import { address, secret, template } from '../kinds/text-kind.ts';
import type { OptionTable } from '../option-table.ts';
import { COMMON_TABLE } from './common-table.ts';

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
