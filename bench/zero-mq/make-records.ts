import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  InMemoryLogRecordExporter,
  LoggerProvider,
  type ReadableLogRecord,
  SimpleLogRecordProcessor,
} from '@opentelemetry/sdk-logs';

/** As many as the batch processor of the SDK exports in one call. */
export const BATCH = 512;
// With the names of the fields and the time it makes 300 bytes of JSON.
const BODY_LENGTH = 130;

/** Records as the SDK makes them. */
export function makeRecords(
  count: number,
  body: string = 'x'.repeat(BODY_LENGTH),
): ReadableLogRecord[] {
  const exporter = new InMemoryLogRecordExporter();
  const provider = new LoggerProvider({
    resource: resourceFromAttributes({ 'service.name': 'bench' }),
    processors: [new SimpleLogRecordProcessor({ exporter })],
  });
  const logger = provider.getLogger('bench');
  for (let made = 0; made < count; made += 1)
    logger.emit({ severityNumber: 9, severityText: 'INFO', body });
  return exporter.getFinishedLogRecords();
}
