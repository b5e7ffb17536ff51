import type { ExportResult } from '@opentelemetry/core';
import type { LogRecordExporter, ReadableLogRecord } from '@opentelemetry/sdk-logs';

/** Exports in batches as the batch processor does: the next one when the callback of the last has come. */
export async function exportAll(
  exporter: LogRecordExporter,
  records: Iterable<ReadableLogRecord>,
): Promise<ExportResult[]> {
  const results: ExportResult[] = [];
  const send = (batch: ReadableLogRecord[]): Promise<void> =>
    new Promise((resolve) => {
      exporter.export(batch, (result) => {
        results.push(result);
        resolve();
      });
    });
  let batch: ReadableLogRecord[] = [];
  for (const record of records) {
    batch.push(record);
    if (batch.length < 512) continue;
    await send(batch);
    batch = [];
  }
  if (batch.length > 0) await send(batch);
  return results;
}
