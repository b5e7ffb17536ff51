import { describe, it } from 'vitest';
import { SqsLogRecordExporter } from '../../../src/destinations/sqs/index.ts';
import { destinationContract } from '../../../src/testing/index.ts';

const forms: readonly [string, (base: string) => object][] = [
  ['a standard queue by its address', (base) => ({ queueUrl: `${base}/000000000000/logs` })],
  ['a standard queue by its name', () => ({ queueName: 'logs' })],
  ['a FIFO queue', () => ({ queueName: 'logs.fifo' })],
];

describe.each(forms)('SQS, %s', (_name, queueOf) => {
  destinationContract({
    it,
    service: 'sqs',
    abilities: { partialFailure: true },
    createExporter: ({ clientConfig }, overrides) =>
      new SqsLogRecordExporter({
        ...(queueOf(clientConfig.endpoint) as { queueName: string }),
        clientConfig,
        ...overrides,
      }),
    arrived: ({ sqs }) => sqs.decoded,
  });
});

describe('SQS, lines of records in a message', () => {
  destinationContract({
    it,
    service: 'sqs',
    createExporter: ({ clientConfig }, overrides) =>
      new SqsLogRecordExporter({
        queueName: 'logs',
        aggregation: 'lines',
        clientConfig,
        ...overrides,
      }),
    arrived: ({ sqs }) => sqs.decoded,
  });
});
