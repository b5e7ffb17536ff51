import type { DestinationManifest } from '../../manifest/destination-manifest.ts';

export const manifest: DestinationManifest = {
  name: 'kinesis',
  packageName: '@aws-sdk/client-kinesis',
  prefix: 'OTEL_EXPORTER_KINESIS_',
  alternatives: [
    { options: ['streamArn', 'streamName'], isRequired: true },
    { options: ['client', 'clientConfig'], isRequired: false },
  ],
  loadTable: async () => (await import('./kinesis-table.ts')).KINESIS_TABLE,
  loadExporter: async () => (await import('./index.ts')).KinesisLogRecordExporter,
};
