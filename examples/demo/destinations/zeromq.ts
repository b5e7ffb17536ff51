import { type DemoDestination, sentTo } from '../demo-destination.ts';

export const destination: DemoDestination = {
  environment: ({ zeromq }) => ({
    OTEL_EXPORTER_ZEROMQ_ENDPOINT: zeromq.endpoint,
    OTEL_EXPORTER_ZEROMQ_AGGREGATION: 'lines',
  }),
  storedRecords: ({ zeromq }) => zeromq.decoded,
  sent: ({ zeromq }) =>
    sentTo(
      zeromq.messages,
      zeromq.messages.map(({ body }) => body.length),
    ),
  played: {
    variablePrefix: 'OTEL_EXPORTER_ZEROMQ_',
    faults: ['stopped'],
    storedAs: 'requests',
    storedTexts: ({ zeromq }, seenCount) =>
      zeromq.messages.slice(seenCount).map(({ body }) => body.toString('utf8')),
  },
};
