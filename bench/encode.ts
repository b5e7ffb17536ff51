/**
 * Cost of encoding a record, as a ratio to OpenTelemetry's own OTLP/JSON serializer, in one run:
 *
 *     node bench/encode.ts
 *
 * Rounds of the candidates are interleaved and the median counts, because absolute times move with the machine.
 */

import { ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { JsonLogsSerializer } from '@opentelemetry/otlp-transformer';
import { resourceFromAttributes } from '@opentelemetry/resources';
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import {
  InMemoryLogRecordExporter,
  LoggerProvider,
  SimpleLogRecordProcessor,
} from '@opentelemetry/sdk-logs';
import { ByteWriter } from '../src/encode/byte-writer.ts';
import { createEncoder, type EncodingName } from '../src/encode/encoders.ts';
import type { RecordWriter } from '../src/encode/log-record-encoder.ts';

const RECORDS = 512;
const ROUNDS = 61;
const ENCODINGS: readonly EncodingName[] = ['json', 'msgpack', 'otlp-json', 'distlog-json', 'body'];

const BODIES: Readonly<Record<string, (index: number) => unknown>> = {
  plain: (index) => `request ${index} handled: `.padEnd(120, 'the quick brown fox '),
  'non-ASCII': (index) => `Anfrage ${index} erledigt — größer, ${'日本語 '.repeat(12)}`,
  nested: (index) => ({
    message: `request ${index}`,
    user: { id: index, roles: ['reader', 'writer'], address: { city: 'Basel', zip: '4051' } },
    items: [1, 2.5, true, null, { sku: 'a-1', count: index }],
  }),
  '4 KB': (index) => `payload ${index} `.padEnd(4_096, 'lorem ipsum dolor sit amet '),
};

function makeRecords(body: (index: number) => unknown): ReadableLogRecord[] {
  const exporter = new InMemoryLogRecordExporter();
  const provider = new LoggerProvider({
    resource: resourceFromAttributes(
      Object.fromEntries(
        Array.from({ length: 15 }, (_, index) => [`resource.attribute.${index}`, `value-${index}`]),
      ),
    ),
    processors: [new SimpleLogRecordProcessor({ exporter })],
  });
  const logger = provider.getLogger('bench', '1.2.3');
  for (let index = 0; index < RECORDS; index++) {
    const id = (index + 1).toString(16);
    const spanContext = {
      traceId: id.padStart(32, 'a'),
      spanId: id.padStart(16, 'b'),
      traceFlags: 1,
    };
    logger.emit({
      severityNumber: 9,
      severityText: 'INFO',
      body: body(index),
      ...(index % 2 === 0 && { context: trace.setSpanContext(ROOT_CONTEXT, spanContext) }),
      attributes: {
        uid: `0f8fad5b-d9cb-469f-a165-${index.toString(16).padStart(12, '0')}`,
        'http.request.method': 'GET',
        'http.response.status_code': 200,
        'url.path': '/api/v1/orders/12345',
        'user.id': index,
        'user.name': 'Ada Lovelace',
        'duration.ms': 12.345 + index,
        cached: index % 3 === 0,
        tags: ['a', 'b', 'c'],
        'code.function.name': 'handleRequest',
      },
    });
  }
  return exporter.getFinishedLogRecords();
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

function candidatesFor(records: ReadableLogRecord[]): Map<string, () => unknown> {
  const candidates = new Map<string, () => unknown>([
    ['OTLP JSON', () => JsonLogsSerializer.serializeRequest(records)],
    ['JSON.stringify', () => records.map((record) => JSON.stringify(flatObject(record)))],
  ]);
  const writer = new ByteWriter();
  for (const name of ENCODINGS) {
    let encoder: RecordWriter;
    try {
      encoder = createEncoder(name) as RecordWriter;
    } catch {
      continue;
    }
    candidates.set(name, () => {
      writer.reset();
      for (const record of records) encoder.write(record, writer);
      return writer.position;
    });
  }
  return candidates;
}

function median(values: number[]): number {
  return values.toSorted((one, other) => one - other)[values.length >> 1] ?? Number.NaN;
}

for (const [corpus, body] of Object.entries(BODIES)) {
  const candidates = [...candidatesFor(makeRecords(body))];
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
