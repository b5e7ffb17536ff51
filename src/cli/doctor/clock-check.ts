import { type Check, ok, skipped } from './check.ts';
import { describeOffset, SKEW_MILLIS } from './diagnosis/signature-rule.ts';

/** The `Date` header has whole seconds and an answer takes its time; less than this matters to nobody. */
const TOLERATED_MILLIS = 60_000;

/** Compares the clocks by the `Date` header of the service's answer. */
export const clockCheck: Check = {
  step: 'clock',
  runsAfterFailure: true,
  run({ clockOffsetMillis }) {
    if (clockOffsetMillis === undefined) return skipped('no answer tells the time');
    if (Math.abs(clockOffsetMillis) < TOLERATED_MILLIS) {
      return ok('within a minute of the clock of the service');
    }
    const detail = `the clock of this machine is ${describeOffset(clockOffsetMillis)}`;
    return { status: Math.abs(clockOffsetMillis) >= SKEW_MILLIS ? 'failed' : 'warning', detail };
  },
};

/** The service's clock minus ours, by the `Date` header of an answer that came just now. */
export function clockOffsetOf(date: string | undefined, nowMillis: number): number | undefined {
  const dateMillis = Date.parse(date ?? '');
  return Number.isNaN(dateMillis) ? undefined : dateMillis - nowMillis;
}
