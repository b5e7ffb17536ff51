// Loaded before the app by `node --import`: what you would write to start OpenTelemetry in your own app.
import { getNodeAutoInstrumentations } from '@opentelemetry/auto-instrumentations-node';
import { hostDetector, serviceInstanceIdDetector } from '@opentelemetry/resources';
import { BatchLogRecordProcessor } from '@opentelemetry/sdk-logs';
import { NodeSDK } from '@opentelemetry/sdk-node';
import { destinations } from './destinations.ts';

const addresses = JSON.parse(process.env['DEMO_ADDRESSES'] ?? '{}');
const exporters = destinations.map(({ name, createExporter }) => ({
  name,
  exporter: createExporter(addresses),
}));

const sdk = new NodeSDK({
  serviceName: 'shop',
  resourceDetectors: [hostDetector, serviceInstanceIdDetector],
  instrumentations: [getNodeAutoInstrumentations()],
  logRecordProcessors: exporters.map(({ exporter }) => new BatchLogRecordProcessor({ exporter })),
  // Without any span processor there would be no spans, and so no trace ids in the logs.
  spanProcessors: [
    {
      onStart() {},
      onEnd() {},
      forceFlush: () => Promise.resolve(),
      shutdown: () => Promise.resolve(),
    },
  ],
  metricReaders: [],
});
sdk.start();

// The app closes its server on SIGTERM; then nothing is left to do and this is the last moment.
process.once('beforeExit', async () => {
  await sdk.shutdown();
  process.send?.(
    Object.fromEntries(exporters.map(({ name, exporter }) => [name, exporter.stats()])),
  );
});
