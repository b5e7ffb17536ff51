import { KinesisLogRecordExporter } from 'collectorless/kinesis';
import { destinationContract } from 'collectorless/testing';
import { describe, it } from 'vitest';

describe('Kinesis, one record each', () => {
  destinationContract({
    it,
    service: 'kinesis',
    abilities: { partialFailure: true },
    createExporter: ({ clientConfig }, overrides) =>
      new KinesisLogRecordExporter({ streamName: 'logs', clientConfig, ...overrides }),
    arrived: ({ kinesis }) => kinesis.decoded,
  });
});

describe.each(['none', 'gzip'] as const)('Kinesis, lines, compression %s', (compression) => {
  destinationContract({
    it,
    service: 'kinesis',
    abilities: { partialFailure: true },
    createExporter: ({ clientConfig }, overrides) =>
      new KinesisLogRecordExporter({
        streamArn: 'arn:aws:kinesis:us-east-1:123456789012:stream/logs',
        partitionKey: '{service.name}',
        aggregation: 'lines',
        compression,
        clientConfig,
        ...overrides,
      }),
    arrived: ({ kinesis }) => kinesis.decoded,
  });
});
