import { ROOT_CONTEXT, TraceFlags, trace } from '@opentelemetry/api';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  InMemoryLogRecordExporter,
  LoggerProvider,
  type ReadableLogRecord,
  SimpleLogRecordProcessor,
} from '@opentelemetry/sdk-logs';
import { attributesOf, RESOURCE_ATTRIBUTES } from '../path/load.ts';

type Body = NonNullable<ReadableLogRecord['body']>;

/** Kinds of records by their bodies; everything else is alike. */
export const CORPORA: Readonly<Record<string, (number: number) => Body>> = {
  plain: (number) => `request ${number} handled: `.padEnd(120, 'the quick brown fox '),
  'non-ASCII': (number) => `Anfrage ${number} erledigt — größer, ${'日本語 '.repeat(12)}`,
  nested: (number) => ({
    message: `request ${number}`,
    user: { id: number, roles: ['reader', 'writer'], address: { city: 'Basel', zip: '4051' } },
    items: [1, 2.5, true, null, { sku: 'a-1', count: number }],
  }),
  '4 KB': (number) => `payload ${number} `.padEnd(4_096, 'lorem ipsum dolor sit amet '),
};

/** Records of one kind as the SDK makes them: ten attributes, 15 of the resource, every second one in a span. */
export function makeRecords(corpus: string, count: number): ReadableLogRecord[] {
  const bodyOf = CORPORA[corpus];
  if (bodyOf === undefined) throw new Error(`There is no corpus ${corpus}`);
  const exporter = new InMemoryLogRecordExporter();
  const provider = new LoggerProvider({
    resource: resourceFromAttributes(RESOURCE_ATTRIBUTES),
    processors: [new SimpleLogRecordProcessor({ exporter })],
  });
  const logger = provider.getLogger('bench', '1.0.0');
  for (let number = 0; number < count; number += 1) {
    const id = (number + 1).toString(16);
    const spanContext = {
      traceId: id.padStart(32, 'a'),
      spanId: id.padStart(16, 'b'),
      traceFlags: TraceFlags.SAMPLED,
    };
    logger.emit({
      severityNumber: 9,
      severityText: 'INFO',
      body: bodyOf(number),
      attributes: attributesOf(number),
      context: number % 2 === 0 ? trace.setSpanContext(ROOT_CONTEXT, spanContext) : ROOT_CONTEXT,
    });
  }
  return exporter.getFinishedLogRecords();
}
