import { ANSWERING } from '../../play/fault-switches.ts';
import { type DemoDestination, sentTo } from '../demo-destination.ts';

export const destination: DemoDestination = {
  environment: () => ({ OTEL_EXPORTER_CLOUDWATCH_LOGS_RETENTION_IN_DAYS: '7' }),
  storedRecords: ({ cloudWatchLogs }) => cloudWatchLogs.decoded,
  sent: ({ cloudWatchLogs, requests }) =>
    sentTo(
      requests.filter(({ operation }) => operation === 'PutLogEvents'),
      // The service counts 26 bytes for each event beside its text.
      cloudWatchLogs.messages.map((message) => Buffer.byteLength(message) + 26),
    ),
  requestLimit: { bytes: 1_048_576, entries: 10_000 },
  played: {
    variablePrefix: 'OTEL_EXPORTER_CLOUDWATCH_LOGS_',
    faults: ANSWERING,
    storedAs: 'entries',
    storedTexts: ({ cloudWatchLogs }, seenCount) =>
      cloudWatchLogs.events.slice(seenCount).map(({ message }) => message),
  },
};
