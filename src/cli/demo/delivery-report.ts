import type { ExporterStats } from '../../report/ledger.ts';
import type { RecordedRequest } from '../../testing/index.ts';

/** What one request may hold at most, where the service has a limit. */
export interface RequestLimit {
  readonly bytes: number;
  readonly entries: number;
}

/** What became of the records at one destination. */
export interface DeliveryReport {
  readonly destination: string;
  readonly emitted: number;
  readonly stored: number;
  /** By reason. */
  readonly dropped: Readonly<Record<string, number>>;
  readonly requests: number;
  readonly bytes: number;
  /**
   * How full the requests were on average, 0 to 1, by the first of the service's limits that they would meet;
   * undefined where there is none.
   */
  readonly fullness: number | undefined;
}

export interface DeliveryFacts {
  readonly destination: string;
  readonly emitted: number;
  readonly stored: number;
  readonly stats: ExporterStats | undefined;
  /** The requests of this destination as its service saw them. */
  readonly requests: readonly RecordedRequest[];
  readonly requestLimit: RequestLimit | undefined;
}

export function deliveryReport(facts: DeliveryFacts): DeliveryReport {
  const { destination, emitted, stats, stored } = facts;
  const { bytes = 0, dropped = {}, requests = 0 } = stats ?? {};
  return { destination, emitted, stored, dropped, requests, bytes, fullness: fullnessOf(facts) };
}

function fullnessOf({ requestLimit, requests, stats }: DeliveryFacts): number | undefined {
  if (requestLimit === undefined || stats === undefined || requests.length === 0) return undefined;
  const bytes = stats.bytes / stats.requests;
  const entries = requests.reduce((sum, request) => sum + request.entries, 0) / requests.length;
  return Math.max(bytes / requestLimit.bytes, entries / requestLimit.entries);
}

const HEADER = ['destination', 'emitted', 'stored', 'dropped', 'requests', 'bytes', 'full'];

/** A table with a row for each destination, each line with its end. */
export function reportTable(reports: readonly DeliveryReport[]): string {
  const rows = [HEADER, ...reports.map(rowOf)];
  const widths = HEADER.map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows
    .map((row) => {
      const cells = row.map((cell, column) => {
        const width = widths[column] ?? 0;
        return column === 0 ? cell.padEnd(width) : cell.padStart(width);
      });
      return `  ${cells.join('  ')}\n`;
    })
    .join('');
}

function rowOf(report: DeliveryReport): string[] {
  const { bytes, destination, dropped, emitted, fullness, requests, stored } = report;
  const losses = Object.entries(dropped).map(([reason, count]) => `${count} ${reason}`);
  return [
    destination,
    grouped(emitted),
    grouped(stored),
    losses.join(', ') || '0',
    grouped(requests),
    grouped(bytes),
    fullness === undefined ? '-' : `${Math.round(100 * fullness)} %`,
  ];
}

function grouped(count: number): string {
  return count.toLocaleString('en-US');
}
