import { COMMON_TABLE } from '../../manifest/common-table.ts';
import { choice } from '../../manifest/kinds/choice-kind.ts';
import { numberList } from '../../manifest/kinds/list-kind.ts';
import { map } from '../../manifest/kinds/map-kind.ts';
import { number } from '../../manifest/kinds/number-kind.ts';
import { address, template, text } from '../../manifest/kinds/text-kind.ts';
import type { OptionTable } from '../../manifest/option-table.ts';
import type { HttpLogRecordExporterOptions } from './index.ts';

export const HTTP_TABLE: OptionTable<HttpLogRecordExporterOptions> = {
  url: { kind: address('an address or a template of one'), isIndispensable: true },
  method: { kind: choice({ POST: true, PUT: true, GET: true }) },
  headers: { kind: map() },
  groupBy: { codeOnly: 'is a function' },
  framing: { kind: choice({ lines: true, array: true, single: true, form: true }) },
  maxRequestBytes: { kind: number('bytes') },
  maxRecordsPerRequest: { kind: number() },
  retryStatuses: { kind: numberList() },
  dispatcher: { codeOnly: 'is an object of undici' },
  partialAcceptance: { codeOnly: 'is a function' },
  userAgent: { kind: text() },
  preset: { kind: choice({ sumologic: true }) },
  sumo: {
    members: {
      name: { kind: template() },
      host: { kind: template() },
      category: { kind: template() },
      fields: { kind: map() },
    },
  },
  ...COMMON_TABLE,
};
