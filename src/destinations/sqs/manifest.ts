import type { DestinationManifest } from '../../manifest/destination-manifest.ts';

export const manifest: DestinationManifest = {
  name: 'sqs',
  packageName: '@aws-sdk/client-sqs',
  prefix: 'OTEL_EXPORTER_SQS_',
  alternatives: [
    { options: ['queueUrl', 'queueName'], isRequired: true },
    { options: ['client', 'clientConfig'], isRequired: false },
  ],
  loadTable: async () => (await import('./sqs-table.ts')).SQS_TABLE,
  loadExporter: async () => (await import('./index.ts')).SqsLogRecordExporter,
};
