import { missedBound } from '../aws/missed-bound.ts';
import type { RuleCheck } from '../aws/rule-check.ts';
import { cloudWatchLogsLimits as limits } from './cloudwatch-logs-limits.ts';
import { refuseConstraint, refuseParameter } from './invalid-parameter.ts';

export interface InputLogEvent {
  readonly timestamp: number;
  readonly message: string;
}

/** Every rule about the events of one call but the age of each. Any of them fails the whole call. */
export function checkLogEvents(events: readonly InputLogEvent[], check: RuleCheck): void {
  checkCount(events.length, check);
  let totalBytes = 0;
  let previous = Number.NEGATIVE_INFINITY;
  for (const [index, { timestamp, message }] of events.entries()) {
    const bytes = Buffer.byteLength(message);
    totalBytes += bytes + limits.eventOverheadBytes;
    checkMessage(message, bytes, index, check);
    checkTimestamp(timestamp, index, check);
    if (timestamp < previous) {
      const text = 'Log events in a single PutLogEvents request must be in chronological order.';
      refuseParameter(
        check,
        'chronological-order',
        text,
        `logEvents.${index + 1}.member.timestamp`,
      );
    }
    previous = timestamp;
  }
  if (totalBytes > limits.maxCallBytes) {
    const text = `Upload too large: ${totalBytes} bytes exceeds limit of ${limits.maxCallBytes}`;
    const sizes = { limit: limits.maxCallBytes, actual: totalBytes };
    refuseParameter(check, 'call-bytes', text, 'logEvents', sizes);
  }
}

/** The valid events (neither too old nor too new) of a call lie within 24 hours. */
export function checkSpan(valid: readonly InputLogEvent[], check: RuleCheck): void {
  const spanMillis = (valid.at(-1)?.timestamp ?? 0) - (valid[0]?.timestamp ?? 0);
  if (spanMillis <= limits.maxSpanMillis) return;
  const text =
    'The batch of log events in a single PutLogEvents request cannot span more than 24 hours.';
  const sizes = { limit: limits.maxSpanMillis, actual: spanMillis };
  refuseParameter(check, 'span', text, 'logEvents', sizes);
}

function checkCount(actual: number, check: RuleCheck): void {
  const limit = limits.maxEvents;
  if (actual >= 1 && actual <= limit) return;
  const rule = actual < 1 ? 'events-empty' : 'events-count';
  const constraint = `Member must have length ${missedBound(actual, limit)}`;
  refuseConstraint(check, rule, 'logEvents', '[...]', constraint, { limit, actual });
}

function checkMessage(message: string, bytes: number, index: number, check: RuleCheck): void {
  const path = `logEvents.${index + 1}.member.message`;
  if (bytes === 0) {
    const constraint = 'Member must have length greater than or equal to 1';
    refuseConstraint(check, 'message-empty', path, '', constraint, { limit: 1, actual: 0 });
  } else if (bytes > limits.maxMessageBytes) {
    const actual = bytes + limits.eventOverheadBytes;
    const text = `Log event too large: ${actual} bytes exceeds limit of ${limits.maxCallBytes}`;
    refuseParameter(check, 'event-bytes', text, path, {
      limit: limits.maxMessageBytes,
      actual: bytes,
    });
  }
  if (!message.isWellFormed()) {
    const text = `Value at '${path}' is not Unicode text: it holds half of a surrogate pair.`;
    refuseParameter(check, 'message-surrogates', text, path);
  }
}

function checkTimestamp(timestamp: number, index: number, check: RuleCheck): void {
  const path = `logEvents.${index + 1}.member.timestamp`;
  if (timestamp < 0) {
    const constraint = 'Member must have value greater than or equal to 0';
    refuseConstraint(check, 'timestamp-negative', path, String(timestamp), constraint);
  } else if (!Number.isSafeInteger(timestamp)) {
    const text = `${timestamp} at '${path}' can not be converted to a Long`;
    check.refuseCall({
      rule: 'timestamp-integer',
      error: 'SerializationException',
      message: text,
      detail: path,
    });
  }
}
