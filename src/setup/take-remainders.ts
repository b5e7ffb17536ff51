import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { remainderLines } from './exit-guard/remainder-lines.ts';
import type { LogOutlet } from './log-outlet.ts';

/**
 * Takes out of all outlets what is not delivered, as JSON lines. A record that several of them hold is
 * written once, unless it was encoded for one already.
 */
export function takeRemainders(outlets: readonly LogOutlet[]): Iterable<string> {
  const remainders = outlets.flatMap((outlet) => outlet.takeRemainder());
  const written = new Set<ReadableLogRecord>();
  return linesOf();

  function* linesOf(): Generator<string> {
    for (const remainder of remainders) {
      const records = remainder.records.filter((record) => !written.has(record));
      for (const record of records) written.add(record);
      yield* remainderLines({ ...remainder, records });
    }
  }
}
