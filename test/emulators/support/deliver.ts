import { ExportResultCode } from '@opentelemetry/core';
import type { LogRecordExporter, ReadableLogRecord } from '@opentelemetry/sdk-logs';
import type { ExporterStats } from 'collectorless';
import { expect } from 'vitest';

type Exporter = LogRecordExporter & { stats(): ExporterStats };

/** Exports all records and ends; the exporter must say that each was delivered. */
export async function deliver(
  exporter: Exporter,
  records: readonly ReadableLogRecord[],
): Promise<void> {
  try {
    const result = await new Promise<{ code: ExportResultCode; error?: Error }>((resolve) => {
      exporter.export([...records], resolve);
    });
    expect(result.error).toBeUndefined();
    expect(result.code).toBe(ExportResultCode.SUCCESS);
    await exporter.forceFlush();
    expect(exporter.stats()).toMatchObject({
      exported: records.length,
      delivered: records.length,
      inFlight: 0,
    });
  } finally {
    await exporter.shutdown();
  }
}
