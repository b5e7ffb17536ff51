import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import type { DestinationLogRecordExporter } from '../../../../src/index.ts';

/** Exports records in one call, waits until they are delivered and closes the exporter. */
export async function exportAll(
  exporter: DestinationLogRecordExporter,
  records: readonly ReadableLogRecord[],
): Promise<void> {
  exporter.export([...records], () => {});
  await exporter.forceFlush();
  await exporter.shutdown();
  const { delivered, dropped } = exporter.stats();
  if (delivered !== records.length) {
    throw new Error(`Delivered ${delivered} of ${records.length}: ${JSON.stringify(dropped)}`);
  }
}
