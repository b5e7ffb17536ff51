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
};
