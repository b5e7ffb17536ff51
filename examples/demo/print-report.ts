import { inspect } from 'node:util';
import type { LocalServices } from 'collectorless/testing';
import { type DeliveryReport, reportTable } from '../../src/cli/demo/delivery-report.ts';
import { destinations, type NamedDestination } from './destinations.ts';

/** One stored record of each destination, then a table with a row for each. */
export function printReport(services: LocalServices, emitted: number): void {
  for (const { name, storedRecords } of destinations) {
    const stored = storedRecords(services);
    const example = stored.find(isError) ?? stored.at(0);
    const text = inspect(example, { colors: process.stdout.isTTY, depth: 6, maxStringLength: 160 });
    print(`A record as it is stored at ${name}:\n${text}\n\n`);
  }
  const rows = destinations.map((destination) => reportOf(destination, services, emitted));
  print(reportTable(rows));
}

export function print(text: string): void {
  process.stdout.write(text);
}

function reportOf(
  { name, requestLimit, sent, storedRecords }: NamedDestination,
  services: LocalServices,
  emitted: number,
): DeliveryReport {
  const stored = storedRecords(services).length;
  const { bytes, entries, requests } = sent(services);
  return {
    destination: name,
    emitted,
    stored,
    dropped: stored < emitted ? { missing: emitted - stored } : {},
    requests,
    bytes,
    fullness:
      requestLimit === undefined || requests === 0
        ? undefined
        : Math.max(bytes / requestLimit.bytes, entries / requestLimit.entries) / requests,
  };
}

function isError(record: unknown): boolean {
  return (record as { readonly severity_text?: string } | null)?.severity_text === 'error';
}
