import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { decodeLogRecords } from '../../decode/index.ts';
import { jsonEncoder } from '../../encode/json-encoder.ts';
import type { LogRecordEncoder } from '../../encode/log-record-encoder.ts';
import type { AbandonedRecords } from '../../exporter/abandoned-records.ts';
import { DecodedRecordWriter } from './decoded-record-writer.ts';
import { splitJsonLines, splitJsonObjects } from './split-json-lines.ts';

/**
 * Records that no service took, as JSON lines without their newline: one a record, and none of them broken.
 *
 * What is JSON already stays as it is. MessagePack and records that were not encoded become the `json`
 * encoding, the `body` encoding `{"body":…}`. Bytes that are no JSON are `{"data_base64":…}`. Never throws.
 */
export function* remainderLines(remainder: AbandonedRecords): Generator<string, void, undefined> {
  const { encoding, entries, records, staticFields } = remainder;
  const writer = new DecodedRecordWriter();
  for (const entry of entries) {
    yield* linesOfEntry(entry, encoding, writer) ?? [lineOfBytes(entry)];
  }
  const encoder = encoderWith(staticFields);
  for (const record of records) yield lineOfRecord(record, encoder);
}

/** Names that the exporter's own encoding allows may be taken here. */
function encoderWith(staticFields: AbandonedRecords['staticFields']): LogRecordEncoder {
  try {
    return jsonEncoder(staticFields === undefined ? {} : { staticFields });
  } catch {
    return jsonEncoder();
  }
}

function linesOfEntry(
  entry: Uint8Array,
  encoding: string,
  writer: DecodedRecordWriter,
): readonly string[] | undefined {
  switch (encoding) {
    case 'body':
      return [JSON.stringify({ body: textOf(entry).replace(/\r?\n$/u, '') })];
    case 'json':
    case 'otlp-json':
    case 'distlog-json':
      return splitJsonLines(entry) ?? splitJsonObjects(entry);
    case 'msgpack':
      return linesOfMsgpack(entry, writer);
    default:
      return splitJsonLines(entry);
  }
}

function linesOfMsgpack(
  entry: Uint8Array,
  writer: DecodedRecordWriter,
): readonly string[] | undefined {
  try {
    // The bytes are our own work: what the decoder tells of is a part of a record without its siblings.
    const records = decodeLogRecords(entry, { encoding: 'msgpack', onError: () => {} });
    return records.length > 0 ? records.map((record) => writer.line(record)) : undefined;
  } catch {
    return undefined;
  }
}

function lineOfRecord(record: ReadableLogRecord, encoder: LogRecordEncoder): string {
  try {
    return textOf(Buffer.from(encoder.encode(record)));
  } catch {
    // The encoder is total, but a throw in this last place would cost the records behind this one too.
    return JSON.stringify({ body: 'A log record that cannot be read' });
  }
}

function lineOfBytes(entry: Uint8Array): string {
  return JSON.stringify({ data_base64: Buffer.from(entry).toString('base64') });
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}
