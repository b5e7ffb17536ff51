import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import type { ExporterStats } from '../../report/ledger.ts';
import { uidOf } from '../../testing/index.ts';

/**
 * Compares what a destination holds with what was sent, each record once, and with the exporter's own
 * account. Answers what is wrong, in words.
 */
export function findProblems(
  records: readonly ReadableLogRecord[],
  stored: readonly unknown[],
  stats: Pick<ExporterStats, 'delivered' | 'dropped' | 'exported' | 'inFlight'>,
): string[] {
  const counts = new Map<string | undefined, number>();
  for (const record of stored) counts.set(uidOf(record), (counts.get(uidOf(record)) ?? 0) + 1);
  const missingCount = records.filter((record) => !counts.has(uidOf(record))).length;
  const repeatedCount = [...counts.values()].filter((count) => count > 1).length;
  const problems: string[] = [];
  if (missingCount > 0) problems.push(`${missingCount} records are missing`);
  if (repeatedCount > 0) problems.push(`${repeatedCount} records are stored more than once`);
  const { delivered, dropped, exported, inFlight } = stats;
  if (exported !== records.length || delivered !== records.length || inFlight !== 0) {
    const account = JSON.stringify({ exported, delivered, inFlight, dropped });
    problems.push(`the exporter's account of ${records.length} records is ${account}`);
  }
  return problems;
}
