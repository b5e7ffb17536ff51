import { JsonLogsSerializer, ProtobufLogsSerializer } from '@opentelemetry/otlp-transformer';
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { pino } from 'pino';
import { ByteWriter } from '../../src/encode/byte-writer.ts';
import { distlogJsonEncoder } from '../../src/encode/distlog-json-encoder.ts';
import { jsonEncoder } from '../../src/encode/json-encoder.ts';
import type { RecordWriter } from '../../src/encode/log-record-encoder.ts';
import { msgpackEncoder } from '../../src/encode/msgpack-encoder.ts';
import { otlpJsonEncoder } from '../../src/encode/otlp-json-encoder.ts';

/** Encodes all records once. */
type Encode = () => unknown;
type Create = (records: ReadableLogRecord[]) => Encode;

export const REFERENCE = 'OTLP JSON';
export const READY_OBJECTS = 'JSON.stringify of ready objects';

/** What makes bytes or text of records; each runs in a process of its own. */
export const ENCODING_CANDIDATES: ReadonlyMap<string, Create> = new Map<string, Create>([
  [REFERENCE, (records) => () => JsonLogsSerializer.serializeRequest(records)],
  ['OTLP protobuf', (records) => () => ProtobufLogsSerializer.serializeRequest(records)],
  [
    'JSON.stringify of objects made for it',
    (records) => () => records.map((record) => JSON.stringify(flatObject(record))),
  ],
  [READY_OBJECTS, stringifyReady],
  ['pino alone', pinoAlone],
  ['JSON', (records) => ours(jsonEncoder({}), records)],
  ['MessagePack', (records) => ours(msgpackEncoder({}), records)],
  ['OTLP JSON of ours', (records) => ours(otlpJsonEncoder({}), records)],
  ['distlog JSON', (records) => ours(distlogJsonEncoder({}), records)],
]);

function ours(encoder: RecordWriter, records: readonly ReadableLogRecord[]): Encode {
  const writer = new ByteWriter();
  return () => {
    writer.reset();
    for (const record of records) encoder.write(record, writer);
    return writer.position;
  };
}

function stringifyReady(records: readonly ReadableLogRecord[]): Encode {
  const objects = records.map(flatObject);
  return () => objects.map((object) => JSON.stringify(object));
}

/** A logger with a serializer of its own, whose lines go nowhere. */
function pinoAlone(records: readonly ReadableLogRecord[]): Encode {
  const nowhere = { write: () => {} };
  const logger = pino({}, nowhere).child({ resource: records[0]?.resource.attributes });
  const calls = records.map(({ attributes, body }) =>
    typeof body === 'string'
      ? { fields: { attributes }, text: body }
      : { fields: { attributes, body }, text: '' },
  );
  return () => {
    for (const { fields, text } of calls) logger.info(fields, text);
  };
}

function flatObject(record: ReadableLogRecord): object {
  const { body, attributes, resource, spanContext } = record;
  return {
    timestamp: new Date(record.hrTime[0] * 1000 + record.hrTime[1] / 1e6).toISOString(),
    severity_number: record.severityNumber,
    severity_text: record.severityText,
    body,
    trace_id: spanContext?.traceId,
    span_id: spanContext?.spanId,
    trace_flags: spanContext?.traceFlags,
    attributes,
    resource: resource.attributes,
    scope: record.instrumentationScope,
  };
}
