import { type ListedVariables, listVariables } from './list-variables.ts';
import { CLOUDWATCH_LOGS_TABLE } from './tables/cloudwatch-logs-table.ts';
import { FIREHOSE_TABLE } from './tables/firehose-table.ts';
import { HTTP_TABLE } from './tables/http-table.ts';
import { SQS_TABLE } from './tables/sqs-table.ts';
import { ZEROMQ_TABLE } from './tables/zeromq-table.ts';

export type DestinationName = 'cloudwatch-logs' | 'firehose' | 'sqs' | 'http' | 'zeromq';

/** The variables of a destination. */
export interface DestinationVariables extends ListedVariables {
  /** What all of them begin with: `OTEL_EXPORTER_CLOUDWATCH_LOGS_`. */
  readonly prefix: string;
  /** What a variable that is meant for it begins with, though it may be none: `OTEL_EXPORTER_CLOUDWATCH_`. */
  readonly stem: string;
  /** Options of which one takes the place of the others. */
  readonly alternatives: readonly Alternatives[];
}

export interface Alternatives {
  readonly options: readonly string[];
  /** There is no exporter without one of them. */
  readonly isRequired: boolean;
}

const clients: Alternatives = { options: ['client', 'clientConfig'], isRequired: false };
const required = (...options: readonly string[]): Alternatives => ({ options, isRequired: true });

export const DESTINATION_VARIABLES: Readonly<Record<DestinationName, DestinationVariables>> = {
  'cloudwatch-logs': {
    ...listVariables(CLOUDWATCH_LOGS_TABLE, 'OTEL_EXPORTER_CLOUDWATCH_LOGS_'),
    prefix: 'OTEL_EXPORTER_CLOUDWATCH_LOGS_',
    stem: 'OTEL_EXPORTER_CLOUDWATCH_',
    alternatives: [clients],
  },
  firehose: {
    ...listVariables(FIREHOSE_TABLE, 'OTEL_EXPORTER_FIREHOSE_'),
    prefix: 'OTEL_EXPORTER_FIREHOSE_',
    stem: 'OTEL_EXPORTER_FIREHOSE_',
    alternatives: [required('deliveryStreamName'), clients],
  },
  sqs: {
    ...listVariables(SQS_TABLE, 'OTEL_EXPORTER_SQS_'),
    prefix: 'OTEL_EXPORTER_SQS_',
    stem: 'OTEL_EXPORTER_SQS_',
    alternatives: [required('queueUrl', 'queueName'), clients],
  },
  http: {
    ...listVariables(HTTP_TABLE, 'OTEL_EXPORTER_HTTP_LOGS_'),
    prefix: 'OTEL_EXPORTER_HTTP_LOGS_',
    stem: 'OTEL_EXPORTER_HTTP_',
    alternatives: [required('url')],
  },
  zeromq: {
    ...listVariables(ZEROMQ_TABLE, 'OTEL_EXPORTER_ZEROMQ_'),
    prefix: 'OTEL_EXPORTER_ZEROMQ_',
    stem: 'OTEL_EXPORTER_ZEROMQ_',
    alternatives: [required('endpoint', 'socket')],
  },
};
