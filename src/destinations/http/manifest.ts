import type { DestinationManifest } from '../../manifest/destination-manifest.ts';

export const manifest: DestinationManifest = {
  name: 'http',
  prefix: 'OTEL_EXPORTER_HTTP_LOGS_',
  stem: 'OTEL_EXPORTER_HTTP_',
  alternatives: [{ options: ['url'], isRequired: true }],
  loadTable: async () => (await import('./http-table.ts')).HTTP_TABLE,
  loadExporter: async () => (await import('./index.ts')).HttpLogRecordExporter,
};
