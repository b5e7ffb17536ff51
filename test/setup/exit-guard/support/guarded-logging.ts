import { LoggerProvider } from '@opentelemetry/sdk-logs';
import { HttpLogRecordExporter } from '../../../../src/destinations/http/index.ts';
import { createBatchProcessor } from '../../../../src/processor/create-batch-processor.ts';
import { afterEachRecord } from '../../../../src/setup/after-each-record.ts';
import { installExitGuard } from '../../../../src/setup/exit-guard/install-exit-guard.ts';
import { remainderLines } from '../../../../src/setup/exit-guard/remainder-lines.ts';

/**
 * Loaded before an application that does not know of it: what the application gives to `globalThis.log` goes
 * to the address in LOGS_URL, under the guard.
 */
const { EXPORTER_FLUSH_MILLIS = '600000', FLUSH_MILLIS = '20000', LOGS_URL = '' } = process.env;
const exporter = new HttpLogRecordExporter({
  url: LOGS_URL,
  flushTimeoutMillis: Number(EXPORTER_FLUSH_MILLIS),
});
const processor = createBatchProcessor(exporter);
const logger = new LoggerProvider({ processors: [processor] }).getLogger('app');

Object.assign(globalThis, { log: (body: string) => logger.emit({ body }) });

installExitGuard({
  flush: () => processor.forceFlush(),
  countLogged: () => processor.stats().emitted,
  *takeRemainder() {
    yield* remainderLines(exporter.takeBack());
    yield* remainderLines({ encoding: 'json', entries: [], records: processor.takeQueued() });
  },
  onLogged: (task) => afterEachRecord(processor, task),
  flushMillis: Number(FLUSH_MILLIS),
});
