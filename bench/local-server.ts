import { startLocalServices } from '../src/testing/index.ts';

/** The local services in a process of their own, so that their work is not counted as the exporter's. */
const services = await startLocalServices({
  latencyMillis: Number(process.argv[2] ?? 20),
  firehose: { keepRecords: false },
  cloudWatchLogs: { keepEvents: false },
});
process.send?.(services.clientConfig);
process.on('disconnect', () => void services.close());
