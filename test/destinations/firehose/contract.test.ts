import { FirehoseLogRecordExporter } from 'collectorless/firehose';
import { destinationContract } from 'collectorless/testing';
import { describe, it } from 'vitest';

describe('Firehose, one record each', () => {
  destinationContract({
    it,
    service: 'firehose',
    abilities: { partialFailure: true },
    createExporter: ({ clientConfig }, overrides) =>
      new FirehoseLogRecordExporter({ deliveryStreamName: 'logs', clientConfig, ...overrides }),
    arrived: ({ firehose }) => firehose.decoded,
  });
});

describe.each(['none', 'gzip'] as const)('Firehose, lines, compression %s', (compression) => {
  destinationContract({
    it,
    service: 'firehose',
    abilities: { partialFailure: true },
    createExporter: ({ clientConfig }, overrides) =>
      new FirehoseLogRecordExporter({
        deliveryStreamName: 'logs',
        aggregation: 'lines',
        compression,
        clientConfig,
        ...overrides,
      }),
    arrived: ({ firehose }) => firehose.decoded,
  });
});
