import type { DestinationManifest } from '../../manifest/destination-manifest.ts';

export const manifest: DestinationManifest = {
  name: 'zeromq',
  packageName: 'zeromq',
  prefix: 'OTEL_EXPORTER_ZEROMQ_',
  alternatives: [{ options: ['endpoint', 'socket'], isRequired: true }],
  sendsWhileClosing: true,
  loadTable: async () => (await import('./zeromq-table.ts')).ZEROMQ_TABLE,
  loadExporter: async () => (await import('./index.ts')).ZeroMqLogRecordExporter,
};
