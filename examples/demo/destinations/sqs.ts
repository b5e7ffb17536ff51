import { ANSWERING } from '../../play/fault-switches.ts';
import { type DemoDestination, sentTo } from '../demo-destination.ts';

export const destination: DemoDestination = {
  environment: () => ({
    OTEL_EXPORTER_SQS_QUEUE_NAME: '{service.name}-logs',
    OTEL_EXPORTER_SQS_AGGREGATION: 'lines',
  }),
  storedRecords: ({ sqs }) => sqs.decoded,
  sent: ({ requests, sqs }) =>
    sentTo(
      requests.filter(({ operation }) => operation === 'SendMessageBatch'),
      sqs.messages.map(({ body }) => Buffer.byteLength(body)),
    ),
  requestLimit: { bytes: 1_048_576, entries: 10 },
  played: {
    variablePrefix: 'OTEL_EXPORTER_SQS_',
    environment: { OTEL_EXPORTER_SQS_AGGREGATION: 'none' },
    faults: [...ANSWERING, 'partial'],
    storedAs: 'entries',
    storedTexts: ({ sqs }, seenCount) => sqs.messages.slice(seenCount).map(({ body }) => body),
  },
};
