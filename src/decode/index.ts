export { DecodeError } from './decode-error.ts';
export { decodeLogRecords } from './decode-log-records.ts';
export type { DecodeOptions } from './decode-options.ts';
export { decodeStream } from './decode-stream.ts';
export type { DecodedLogRecord } from './decoded-log-record.ts';
