import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  InMemoryLogRecordExporter,
  LoggerProvider,
  type ReadableLogRecord,
  SimpleLogRecordProcessor,
} from '@opentelemetry/sdk-logs';
import { attributesOf, bodyOf, COUNTED_MARK, RESOURCE_ATTRIBUTES } from '../path/load.ts';

// With the attributes, the resource and the names of the fields it makes 1 KB of JSON.
const BODY_LENGTH = 160;

/** Records of about 1 KB each, made by the SDK. */
export function makeBatch(count: number): ReadableLogRecord[] {
  const exporter = new InMemoryLogRecordExporter();
  const provider = new LoggerProvider({
    resource: resourceFromAttributes(RESOURCE_ATTRIBUTES),
    processors: [new SimpleLogRecordProcessor({ exporter })],
  });
  const logger = provider.getLogger('bench', '1.0.0');
  for (let number = 0; number < count; number += 1) {
    logger.emit({
      severityNumber: 9,
      severityText: 'INFO',
      body: bodyOf(number, COUNTED_MARK).padEnd(BODY_LENGTH, ' and more'),
      attributes: attributesOf(number),
    });
  }
  return exporter.getFinishedLogRecords();
}
