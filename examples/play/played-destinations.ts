import type { LocalServiceName, LocalServices } from 'collectorless/testing';
import type { FaultName } from './fault-switches.ts';

/** What the page knows about a destination beside what the demo knows. */
export interface PlayedDestination {
  readonly name: LocalServiceName;
  /** How the variables of its exporter begin. */
  readonly variablePrefix: string;
  /** The switches that make sense for it. */
  readonly faults: readonly FaultName[];
  /** In place of the demo's: many entries in a request, so that some of them can fail. */
  readonly environment?: Readonly<Record<string, string>>;
  /** A stored text is a whole request, also where it was refused (then it is empty), or one entry of it. */
  readonly storedAs: 'requests' | 'entries';
  /** Bytes on the wire for each byte that the service counts. */
  readonly wireBytesPerByte?: number;
  /** What is stored beyond the first `seenCount`: each a text of one or more lines of JSON. */
  storedTexts(services: LocalServices, seenCount: number): readonly string[];
}

const ANSWERING: readonly FaultName[] = ['throttle', 'outage', 'slow', 'refusal'];

/** All that the page knows about a destination: one entry each. */
export const playedDestinations: readonly PlayedDestination[] = [
  {
    name: 'firehose',
    variablePrefix: 'OTEL_EXPORTER_FIREHOSE_',
    faults: [...ANSWERING, 'partial'],
    environment: { OTEL_EXPORTER_FIREHOSE_AGGREGATION: 'none' },
    storedAs: 'entries',
    // The records travel as base64.
    wireBytesPerByte: 4 / 3,
    storedTexts: ({ firehose }, seenCount) =>
      firehose.records.slice(seenCount).map(({ data }) => data.toString('utf8')),
  },
  {
    name: 'cloudwatch-logs',
    variablePrefix: 'OTEL_EXPORTER_CLOUDWATCH_LOGS_',
    faults: ANSWERING,
    storedAs: 'entries',
    storedTexts: ({ cloudWatchLogs }, seenCount) =>
      cloudWatchLogs.events.slice(seenCount).map(({ message }) => message),
  },
  {
    name: 'sqs',
    variablePrefix: 'OTEL_EXPORTER_SQS_',
    faults: [...ANSWERING, 'partial'],
    environment: { OTEL_EXPORTER_SQS_AGGREGATION: 'none' },
    storedAs: 'entries',
    storedTexts: ({ sqs }, seenCount) => sqs.messages.slice(seenCount).map(({ body }) => body),
  },
  {
    name: 'http',
    variablePrefix: 'OTEL_EXPORTER_HTTP_LOGS_',
    faults: ANSWERING,
    storedAs: 'requests',
    storedTexts: ({ http }, seenCount) =>
      http.requests
        .slice(seenCount)
        .map(({ accepted, body }) => (accepted ? body.toString('utf8') : '')),
  },
  {
    name: 'zeromq',
    variablePrefix: 'OTEL_EXPORTER_ZEROMQ_',
    faults: ['stopped'],
    storedAs: 'requests',
    storedTexts: ({ zeromq }, seenCount) =>
      zeromq.messages.slice(seenCount).map(({ body }) => body.toString('utf8')),
  },
];
