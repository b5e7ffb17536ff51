import { ANSWERING } from '../../play/fault-switches.ts';
import { type DemoDestination, sentTo } from '../demo-destination.ts';

export const destination: DemoDestination = {
  environment: ({ http }) => ({
    OTEL_EXPORTER_HTTP_LOGS_URL: `${http.url}/receiver/v1/http/{service.name}`,
    OTEL_EXPORTER_HTTP_LOGS_PRESET: 'sumologic',
    OTEL_EXPORTER_HTTP_LOGS_COMPRESSION: 'gzip',
  }),
  storedRecords: ({ http }) => http.decoded,
  sent: ({ http }) => ({
    ...sentTo(
      http.accepted,
      http.accepted.map(({ body }) => body.length),
    ),
    entries: http.decoded.length,
  }),
  requestLimit: { bytes: 1_000_000, entries: 10_000 },
  played: {
    variablePrefix: 'OTEL_EXPORTER_HTTP_LOGS_',
    faults: ANSWERING,
    storedAs: 'requests',
    storedTexts: ({ http }, seenCount) =>
      http.requests
        .slice(seenCount)
        .map(({ accepted, body }) => (accepted ? body.toString('utf8') : '')),
  },
};
