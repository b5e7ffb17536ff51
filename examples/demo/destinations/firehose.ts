import { ANSWERING } from '../../play/fault-switches.ts';
import { type DemoDestination, sentTo } from '../demo-destination.ts';

export const destination: DemoDestination = {
  environment: () => ({
    OTEL_EXPORTER_FIREHOSE_DELIVERY_STREAM_NAME: '{service.name}-logs',
    OTEL_EXPORTER_FIREHOSE_AGGREGATION: 'lines',
  }),
  storedRecords: ({ firehose }) => firehose.decoded,
  sent: ({ firehose, requests }) =>
    sentTo(
      requests.filter(({ operation }) => operation === 'PutRecordBatch'),
      firehose.records.map(({ data }) => data.length),
    ),
  requestLimit: { bytes: 4 * 1024 * 1024, entries: 500 },
  played: {
    variablePrefix: 'OTEL_EXPORTER_FIREHOSE_',
    environment: { OTEL_EXPORTER_FIREHOSE_AGGREGATION: 'none' },
    faults: [...ANSWERING, 'partial'],
    storedAs: 'entries',
    // The records travel as base64.
    wireBytesPerByte: 4 / 3,
    storedTexts: ({ firehose }, seenCount) =>
      firehose.records.slice(seenCount).map(({ data }) => data.toString('utf8')),
  },
};
