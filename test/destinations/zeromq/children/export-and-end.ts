// Exports records to `endpoint` and ends: `wait` by itself, `exit` with process.exit after shutdown. The code is 0 when
// all were delivered, else 1, and 2 when the shutdown did not keep its time.
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
  const start = performance.now();
  await exporter.shutdown();
  if (performance.now() - start > 8000) process.exit(2);
  process.exit(exporter.stats().delivered === 1000 ? 0 : 1);
}
