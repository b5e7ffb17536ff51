import type { ExportResult } from '@opentelemetry/core';
import type { LogRecordExporter, ReadableLogRecord } from '@opentelemetry/sdk-logs';

/** The result that the callback of `export` is told. */
export function exportRecords(
  exporter: Pick<LogRecordExporter, 'export'>,
  records: readonly ReadableLogRecord[],
): Promise<ExportResult> {
  return new Promise((resolve) => exporter.export([...records], resolve));
}
