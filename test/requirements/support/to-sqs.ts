import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import type { LogRecordExporterOptions } from 'collectorless';
import { HttpLogRecordExporter, type HttpOptions } from 'collectorless/http';
import { SqsLogRecordExporter, type SqsOptions } from 'collectorless/sqs';
import type { LocalServices } from 'collectorless/testing';
import { ending, quick } from './requirement-run.ts';

type Queue = { readonly queueName?: string | ((record: ReadableLogRecord) => string) };

export function exporterTo(
  { clientConfig }: LocalServices,
  { queueName = 'logs', ...options }: SqsOptions & LogRecordExporterOptions & Queue = {},
): SqsLogRecordExporter {
  return ending(new SqsLogRecordExporter({ queueName, clientConfig, ...quick, ...options }));
}

export function httpExporterTo(
  services: LocalServices,
  { url = `${services.http.url}/logs`, ...options }: Partial<HttpOptions>,
): HttpLogRecordExporter {
  return ending(new HttpLogRecordExporter({ url, ...quick, ...options }));
}
