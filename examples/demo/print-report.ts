import { inspect } from 'node:util';
import type { ExporterStats } from 'collectorless';
import type { RecordedRequest } from 'collectorless/testing';
import { deliveryReport, reportTable } from '../../src/cli/demo/delivery-report.ts';
import type { DemoDestination } from './destinations.ts';

export interface DestinationReport {
  readonly destination: DemoDestination;
  readonly emitted: number;
  readonly stored: readonly unknown[];
  readonly stats: ExporterStats | undefined;
  /** The requests of this destination as its service saw them. */
  readonly requests: readonly RecordedRequest[];
}

/** One stored record of each destination, then a table with a row for each. */
export function printReport(reports: readonly DestinationReport[]): void {
  for (const { destination, stored } of reports) {
    const example = stored.find(isError) ?? stored.at(0);
    const text = inspect(example, { colors: process.stdout.isTTY, depth: 6, maxStringLength: 160 });
    print(`A record as it is stored at ${destination.name}:\n${text}\n\n`);
  }
  const rows = reports.map(({ destination, stored, ...facts }) =>
    deliveryReport({
      ...facts,
      destination: destination.name,
      stored: stored.length,
      requestLimit: destination.requestLimit,
    }),
  );
  print(reportTable(rows));
}

export function print(text: string): void {
  process.stdout.write(text);
}

function isError(record: unknown): boolean {
  return (record as { readonly severity_text?: string } | null)?.severity_text === 'error';
}
