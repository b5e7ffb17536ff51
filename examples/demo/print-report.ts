import { inspect } from 'node:util';
import type { ExporterStats } from 'collectorless';
import type { RecordedRequest } from 'collectorless/testing';
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
  const header = ['destination', 'emitted', 'stored', 'dropped', 'requests', 'bytes', 'full'];
  printTable([header, ...reports.map(rowOf)]);
}

export function print(text: string): void {
  process.stdout.write(text);
}

function rowOf(report: DestinationReport): string[] {
  const { destination, emitted, stored, stats } = report;
  const { bytes = 0, dropped = {}, requests: requestCount = 0 } = stats ?? {};
  const losses = Object.entries(dropped).map(([reason, count]) => `${count} ${reason}`);
  return [
    destination.name,
    grouped(emitted),
    grouped(stored.length),
    losses.join(', ') || '0',
    grouped(requestCount),
    grouped(bytes),
    fullness(report),
  ];
}

/** How full the requests were on average, by the first of the service's limits that they would meet. */
function fullness({ destination, requests, stats }: DestinationReport): string {
  const { requestLimit } = destination;
  if (requestLimit === undefined || stats === undefined || requests.length === 0) return '-';
  const bytes = stats.bytes / stats.requests;
  const entries = requests.reduce((sum, request) => sum + request.entries, 0) / requests.length;
  const share = Math.max(bytes / requestLimit.bytes, entries / requestLimit.entries);
  return `${Math.round(100 * share)} %`;
}

function isError(record: unknown): boolean {
  return (record as { readonly severity_text?: string } | null)?.severity_text === 'error';
}

function grouped(count: number): string {
  return count.toLocaleString('en-US');
}

function printTable(rows: readonly (readonly string[])[]): void {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  for (const row of rows) {
    const cells = row.map((cell, column) => {
      const width = widths[column] ?? 0;
      return column === 0 ? cell.padEnd(width) : cell.padStart(width);
    });
    print(`  ${cells.join('  ')}\n`);
  }
}
