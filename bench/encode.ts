/**
 * Cost of encoding a record, as a ratio to OpenTelemetry's own OTLP/JSON serializer, in one run:
 *
 *     node bench/encode.ts
 *
 * Rounds of the candidates are interleaved and the median counts, because absolute times move with the machine.
 */

import { JsonLogsSerializer } from '@opentelemetry/otlp-transformer';
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { BodyBuffers } from '../src/destinations/aws/body-buffers.ts';
import { JsonBody } from '../src/destinations/aws/json-body.ts';
import { ByteWriter } from '../src/encode/byte-writer.ts';
import { createEncoder, type EncodingName } from '../src/encode/encoders.ts';
import type { LogRecordEncoder, RecordWriter } from '../src/encode/log-record-encoder.ts';
import { CORPORA, makeRecords } from './encoding/corpora.ts';

const RECORDS = 512;
const ROUNDS = 61;
const ENCODINGS: readonly EncodingName[] = ['json', 'msgpack', 'otlp-json', 'distlog-json', 'body'];

type Run = () => unknown;

function candidatesFor(records: readonly ReadableLogRecord[]): Map<string, Run> {
  const ready = records.map(flatObject);
  const candidates = new Map<string, Run>([
    ['OTLP JSON', () => JsonLogsSerializer.serializeRequest([...records])],
    ['stringify', () => records.map((record) => JSON.stringify(flatObject(record)))],
    ['stringify of ready objects', () => ready.map((object) => JSON.stringify(object))],
    ['stringify twice', () => ready.map((object) => JSON.stringify(JSON.stringify(object)))],
  ]);
  for (const name of ENCODINGS) {
    const encoder = createEncoder(name);
    if (!('write' in encoder)) continue;
    candidates.set(name, encodeInto(encoder, records));
    candidates.set(`${name} copied`, () => encodeEach(encoder, records));
  }
  candidates.set('json in JSON', jsonInJson(records));
  return candidates;
}

/** As the exporters do: each record is taken out of the writer before the next one goes in. */
function encodeInto(encoder: RecordWriter, records: readonly ReadableLogRecord[]): Run {
  const writer = new ByteWriter();
  return () => {
    let bytes = 0;
    for (const record of records) {
      writer.reset();
      encoder.write(record, writer);
      bytes += writer.position;
    }
    return bytes;
  };
}

function encodeEach(encoder: LogRecordEncoder, records: readonly ReadableLogRecord[]): number {
  let bytes = 0;
  for (const record of records) bytes += encoder.encode(record).length;
  return bytes;
}

/** Records as strings in the body of an AWS call. */
function jsonInJson(records: readonly ReadableLogRecord[]): Run {
  const encoder = createEncoder('json') as RecordWriter;
  const writer = new ByteWriter();
  const buffers = new BodyBuffers();
  return () => {
    const body = new JsonBody(buffers, 1_048_576);
    for (const record of records) {
      writer.reset();
      encoder.write(record, writer);
      body.text(writer.buffer.subarray(0, writer.position));
    }
    body.release();
    return body.bytes().length;
  };
}

function flatObject(record: ReadableLogRecord): object {
  return {
    timestamp: new Date(record.hrTime[0] * 1000 + record.hrTime[1] / 1e6).toISOString(),
    severity_number: record.severityNumber,
    severity_text: record.severityText,
    body: record.body,
    trace_id: record.spanContext?.traceId,
    span_id: record.spanContext?.spanId,
    trace_flags: record.spanContext?.traceFlags,
    attributes: record.attributes,
    resource: record.resource.attributes,
    scope: record.instrumentationScope,
  };
}

function median(values: number[]): number {
  return values.toSorted((one, other) => one - other)[values.length >> 1] ?? Number.NaN;
}

for (const corpus of Object.keys(CORPORA)) {
  const candidates = [...candidatesFor(makeRecords(corpus, RECORDS))];
  const times = new Map<string, number[]>(candidates.map(([name]) => [name, []]));
  for (let round = -10; round < ROUNDS; round++) {
    for (let turn = 0; turn < candidates.length; turn++) {
      const [name, run] =
        candidates[(turn + round + candidates.length * 10) % candidates.length] ?? [];
      if (name === undefined || run === undefined) continue;
      const start = process.hrtime.bigint();
      run();
      const nanos = Number(process.hrtime.bigint() - start);
      if (round >= 0) times.get(name)?.push(nanos);
    }
  }
  const base = median(times.get('OTLP JSON') ?? []);
  const cells = [...times].map(([name, all]) => `${name} ${(median(all) / base).toFixed(2)}`);
  process.stdout.write(
    `${corpus} (1.00 = ${(base / RECORDS / 1000).toFixed(2)} µs): ${cells.join(', ')}\n`,
  );
}
