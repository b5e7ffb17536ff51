// An app under auto-instrumentation that logs to every destination, makes two requests of its
// own for comparison, flushes, and ends without shutting anything down. Tells the spans it saw.
import { once } from 'node:events';
import type { get, IncomingMessage } from 'node:http';
import { createRequire } from 'node:module';
import { getNodeAutoInstrumentations } from '@opentelemetry/auto-instrumentations-node';
import { BatchLogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs';
import { NodeSDK } from '@opentelemetry/sdk-node';
import { createExporters } from './create-exporters.ts';

const addresses = JSON.parse(process.env['ADDRESSES'] ?? '{}');
const spans: string[] = [];
new NodeSDK({
  instrumentations: [getNodeAutoInstrumentations()],
  logRecordProcessors: [],
  metricReaders: [],
  spanProcessors: [
    {
      onStart({ attributes, name }) {
        spans.push(`${name} ${attributes['url.full'] ?? ''}`.trim());
      },
      onEnd() {},
      forceFlush: () => Promise.resolve(),
      shutdown: () => Promise.resolve(),
    },
  ],
}).start();

const exporters = createExporters(addresses);
const provider = new LoggerProvider({
  processors: exporters.map((exporter) => new BatchLogRecordProcessor({ exporter })),
});
provider.getLogger('observed').emit({ body: 'hello' });
await provider.forceFlush();

await (await fetch(`${addresses.httpUrl}/by-fetch`, { method: 'POST' })).text();
// With `require`, as instrumentations see no named imports without a loader.
const http: { readonly get: typeof get } = createRequire(import.meta.url)('node:http');
const [response]: IncomingMessage[] = await once(
  http.get(`${addresses.httpUrl}/by-http`, { agent: false }),
  'response',
);
response?.resume();

process.send?.({ spans, delivered: exporters.map((exporter) => exporter.stats().delivered) });
