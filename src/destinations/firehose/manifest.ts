import type { DestinationManifest } from '../../manifest/destination-manifest.ts';

export const manifest: DestinationManifest = {
  name: 'firehose',
  packageName: '@aws-sdk/client-firehose',
  prefix: 'OTEL_EXPORTER_FIREHOSE_',
  alternatives: [
    { options: ['deliveryStreamName'], isRequired: true },
    { options: ['client', 'clientConfig'], isRequired: false },
  ],
  loadTable: async () => (await import('./firehose-table.ts')).FIREHOSE_TABLE,
  loadExporter: async () => (await import('./index.ts')).FirehoseLogRecordExporter,
};
