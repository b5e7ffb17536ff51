import type { InputLogEvent } from './check-log-events.ts';
import { cloudWatchLogsLimits as limits } from './cloudwatch-logs-limits.ts';

/** `rejectedLogEventsInfo`: the start is inclusive, both ends are exclusive. */
export interface RejectedLogEventsInfo {
  readonly tooNewLogEventStartIndex?: number;
  readonly tooOldLogEventEndIndex?: number;
  readonly expiredLogEventEndIndex?: number;
}

export type EventAge = 'valid' | 'too_old' | 'too_new' | 'expired';

/** What the service says about one event's time. */
export function ageOf(
  timestamp: number,
  nowMillis: number,
  retentionInDays: number | undefined,
): EventAge {
  if (timestamp > nowMillis + limits.maxAheadMillis) return 'too_new';
  if (timestamp < nowMillis - limits.maxAgeMillis) return 'too_old';
  if (retentionInDays === undefined) return 'valid';
  return timestamp < nowMillis - retentionInDays * 86_400_000 ? 'expired' : 'valid';
}

/** The indexes for the answer, or undefined when all events are valid. */
export function rejectedInfo(
  events: readonly InputLogEvent[],
  ages: readonly EventAge[],
  nowMillis: number,
  retentionInDays: number | undefined,
): RejectedLogEventsInfo | undefined {
  const firstTooNew = ages.indexOf('too_new');
  const tooOldEnd = ages.lastIndexOf('too_old') + 1;
  const expiredEnd = expiredBefore(events, nowMillis, retentionInDays);
  if (firstTooNew < 0 && tooOldEnd === 0 && expiredEnd === 0) return undefined;
  return {
    ...(firstTooNew < 0 ? {} : { tooNewLogEventStartIndex: firstTooNew }),
    ...(tooOldEnd === 0 ? {} : { tooOldLogEventEndIndex: tooOldEnd }),
    ...(expiredEnd === 0 ? {} : { expiredLogEventEndIndex: expiredEnd }),
  };
}

// The two ends are counted on their own, as the service does: an event can be too old and expired.
function expiredBefore(
  events: readonly InputLogEvent[],
  nowMillis: number,
  retentionInDays: number | undefined,
): number {
  if (retentionInDays === undefined) return 0;
  const oldest = nowMillis - retentionInDays * 86_400_000;
  return events.findLastIndex(({ timestamp }) => timestamp < oldest) + 1;
}
