import { ANSWERING } from '../../play/fault-switches.ts';
import { type DemoDestination, sentTo } from '../demo-destination.ts';

export const destination: DemoDestination = {
  environment: () => ({
    OTEL_EXPORTER_KINESIS_STREAM_NAME: '{service.name}-logs',
    OTEL_EXPORTER_KINESIS_AGGREGATION: 'lines',
  }),
  storedRecords: ({ kinesis }) => kinesis.decoded,
  sent: ({ kinesis, requests }) =>
    sentTo(
      requests.filter(({ operation }) => operation === 'PutRecords'),
      kinesis.records.map(({ data, partitionKey }) => data.length + partitionKey.length),
    ),
  requestLimit: { bytes: 5 * 1024 * 1024, entries: 500 },
  played: {
    variablePrefix: 'OTEL_EXPORTER_KINESIS_',
    environment: { OTEL_EXPORTER_KINESIS_AGGREGATION: 'none' },
    faults: [...ANSWERING, 'partial'],
    storedAs: 'entries',
    // The records travel as base64.
    wireBytesPerByte: 4 / 3,
    storedTexts: ({ kinesis }, seenCount) =>
      kinesis.records.slice(seenCount).map(({ data }) => data.toString('utf8')),
  },
};
