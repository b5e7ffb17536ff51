import { LoggerProvider } from '@opentelemetry/sdk-logs';
import { HttpLogRecordExporter } from '../../../../src/destinations/http/index.ts';
import { createBatchProcessor } from '../../../../src/processor/create-batch-processor.ts';
import { installExitGuard } from '../../../../src/setup/exit-guard/install-exit-guard.ts';
import { remainderLines } from '../../../../src/setup/exit-guard/remainder-lines.ts';

/**
 * Loaded with `--import` before an application that has no idea of it: what the application gives to
 * `globalThis.log`, and that alone, goes to the address in the variable, under the guard.
 */
const exporter = new HttpLogRecordExporter({
  url: process.env['LOGS_URL'] ?? '',
  flushTimeoutMillis: 60_000,
  shutdownTimeoutMillis: 60_000,
});
const processor = createBatchProcessor(exporter);
const logger = new LoggerProvider({ processors: [processor] }).getLogger('app');
Object.assign(globalThis, { log: (body: string) => logger.emit({ body }) });
installExitGuard({
  flushMillis: Number(process.env['FLUSH_MILLIS'] ?? 5_000),
  flush: () => processor.forceFlush(),
  countLogged: () => processor.stats().emitted,
  takeRemainder: function* () {
    yield* remainderLines(exporter.takeBack());
    yield* remainderLines({ encoding: 'json', entries: [], records: processor.takeQueued() });
  },
});
