// Exports records to `endpoint` and ends: `wait` by itself, `exit` with process.exit after shutdown.
import { ZeroMqLogRecordExporter } from '../../../../src/destinations/zeromq/index.ts';
import { createLogRecord } from '../../../../src/testing/records/create-log-record.ts';

const [endpoint = '', socketType, how] = process.argv.slice(2);
const exporter = new ZeroMqLogRecordExporter({
  endpoint,
  shutdownTimeoutMillis: 2000,
  socketType: socketType === 'pub' ? 'pub' : 'push',
});
const body = 'x'.repeat(10_000);
await new Promise((resolve) => {
  exporter.export(
    Array.from({ length: 1000 }, () => createLogRecord({ body })),
    resolve,
  );
});
if (how === 'exit') {
  await exporter.shutdown();
  process.exit(exporter.stats().delivered === 1000 ? 0 : 1);
}
