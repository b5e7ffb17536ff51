import type { ZeroMqMessageOptions } from '../../src/destinations/zeromq/index.ts';
import type { LogRecordExporterOptions } from '../../src/index.ts';

/** How records become messages. */
export interface Form {
  readonly name: string;
  readonly options: Pick<LogRecordExporterOptions, 'encoding'> & ZeroMqMessageOptions;
  /** The form of the same encoding with one record a message. */
  readonly single: string;
}

const JSON_ALONE = 'JSON, one a message';
const MSGPACK_ALONE = 'MessagePack, one a message';

export const FORMS: readonly Form[] = [
  { name: JSON_ALONE, options: {}, single: JSON_ALONE },
  {
    name: 'JSON, 10 a message',
    options: { aggregation: 'lines', maxRecordsPerMessage: 10 },
    single: JSON_ALONE,
  },
  { name: 'JSON, 100 a message', options: { aggregation: 'lines' }, single: JSON_ALONE },
  { name: MSGPACK_ALONE, options: { encoding: 'msgpack' }, single: MSGPACK_ALONE },
  {
    name: 'MessagePack, 100 a message',
    options: { aggregation: 'lines', encoding: 'msgpack' },
    single: MSGPACK_ALONE,
  },
];
