import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import type { LogRecordExporterOptions } from 'collectorless';
import {
  CloudWatchLogRecordExporter,
  type CloudWatchLogsOptions,
} from 'collectorless/cloudwatch-logs';
import { createLogRecord, type LocalServices } from 'collectorless/testing';
import { ending, quick } from './requirement-run.ts';

export function exporterTo(
  { clientConfig }: LocalServices,
  options: CloudWatchLogsOptions & LogRecordExporterOptions = {},
): CloudWatchLogRecordExporter {
  return ending(
    new CloudWatchLogRecordExporter({
      logGroupName: 'app',
      logStreamName: 'web',
      clientConfig,
      ...quick,
      ...options,
    }),
  );
}

/** Where events went, as `group stream`. */
export const placesOf = ({ cloudWatchLogs }: LocalServices): string[] =>
  cloudWatchLogs.events.map(
    ({ logGroupName, logStreamName }) => `${logGroupName} ${logStreamName}`,
  );

export const callsOf = ({ requests }: LocalServices, operation: string): number =>
  requests.filter((request) => request.operation === operation).length;

export const putSizes = ({ requests }: LocalServices): number[] =>
  requests
    .filter(({ error, operation }) => operation === 'PutLogEvents' && error === undefined)
    .map(({ entries }) => entries);

export const atMillis = (unixMillis: number, body: string): ReadableLogRecord =>
  createLogRecord({
    body,
    hrTime: [Math.floor(unixMillis / 1_000), (unixMillis % 1_000) * 1_000_000],
  });
