import type { RejectedLogEventsInfo } from '@aws-sdk/client-cloudwatch-logs';
import type { DropReason } from '../../send/send-outcome.ts';

/**
 * Which of the sent events the service refused although it answered 200, by index.
 *
 * The events were sent in time order, so too old and expired ones are a prefix (their end is exclusive)
 * and too new ones a suffix (its start is inclusive). Both prefixes begin at 0 and overlap: they are not
 * added up. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_RejectedLogEventsInfo.html
 */
export function rejectedReason(
  index: number,
  eventCount: number,
  info: RejectedLogEventsInfo,
): DropReason | undefined {
  if (index < border(info.tooOldLogEventEndIndex, 0, eventCount)) return 'too_old';
  if (index < border(info.expiredLogEventEndIndex, 0, eventCount)) return 'expired';
  if (index >= border(info.tooNewLogEventStartIndex, eventCount, eventCount)) return 'too_new';
  return undefined;
}

function border(index: number | undefined, absent: number, eventCount: number): number {
  if (typeof index !== 'number' || Number.isNaN(index)) return absent;
  return Math.min(Math.max(0, index), eventCount);
}
