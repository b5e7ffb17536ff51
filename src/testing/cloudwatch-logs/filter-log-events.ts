import { type AwsOperation, awsOperation } from '../aws/aws-operation.ts';
import type { RuleCheck } from '../aws/rule-check.ts';
import { flag, list, number, optional, structure, text } from '../aws/shape.ts';
import { checkFilter, type EventFilter } from './check-filter.ts';
import { cloudWatchLogsLimits as limits } from './cloudwatch-logs-limits.ts';
import { EventIds } from './event-ids.ts';
import { refuseParameter } from './invalid-parameter.ts';
import type { LocalCloudWatchLogs, LocalLogEvent } from './local-cloudwatch-logs.ts';
import { existingGroup, groupNameOf } from './log-group-operations.ts';
import { missingParameter } from './missing-parameter.ts';
import { existingStream } from './put-log-events.ts';

/** Answers the events of a group in the order of their time, page by page. Knows no filter patterns. */
export function filterLogEvents(store: LocalCloudWatchLogs): AwsOperation {
  const ids = new EventIds();
  return awsOperation({
    input: structure({
      logGroupName: optional(text),
      logGroupIdentifier: optional(text),
      logStreamNames: optional(list(text)),
      logStreamNamePrefix: optional(text),
      startTime: optional(number),
      endTime: optional(number),
      limit: optional(number),
      nextToken: optional(text),
      interleaved: optional(flag),
      unmask: optional(flag),
    }),
    missing: missingParameter,
    target: groupOf,
    run(input, { check }) {
      checkFilter(input, check);
      const found = eventsOf(store, input);
      const first = firstIndex(found, input.nextToken, ids, check);
      const page = pageOf(found.slice(first, first + (input.limit ?? limits.maxEvents)));
      const last = page.at(-1);
      const isMore = first + page.length < found.length;
      return {
        events: page.map((event) => toWire(event, ids)),
        searchedLogStreams: [],
        ...(isMore && last !== undefined ? { nextToken: ids.of(last) } : {}),
      };
    },
  });
}

function groupOf({ logGroupIdentifier = '', logGroupName }: EventFilter): string {
  return logGroupName ?? groupNameOf(logGroupIdentifier);
}

/** By time; those of the same time as they came in. */
function eventsOf(store: LocalCloudWatchLogs, filter: EventFilter): LocalLogEvent[] {
  const { endTime = Number.POSITIVE_INFINITY, logStreamNamePrefix = '', logStreamNames } = filter;
  const group = existingGroup(store, groupOf(filter));
  const streams =
    logStreamNames === undefined
      ? [...group.streams.values()].filter(({ name }) => name.startsWith(logStreamNamePrefix))
      : logStreamNames.map((name) => existingStream(group, name));
  return streams
    .flatMap(({ events }) => events)
    .filter(({ timestamp }) => timestamp >= (filter.startTime ?? 0) && timestamp <= endTime)
    .sort((a, b) => a.timestamp - b.timestamp || a.ingestionTime - b.ingestionTime);
}

function firstIndex(
  events: readonly LocalLogEvent[],
  nextToken: string | undefined,
  ids: EventIds,
  check: RuleCheck,
): number {
  if (nextToken === undefined) return 0;
  const last = events.findIndex((event) => ids.of(event) === nextToken);
  if (last === -1) {
    refuseParameter(check, 'next-token', 'The specified nextToken is invalid.', 'nextToken');
  }
  return last + 1;
}

/** As many as fit 1 MB, at least one. */
function pageOf(events: readonly LocalLogEvent[]): readonly LocalLogEvent[] {
  let bytes = 0;
  const tooMany = events.findIndex(({ message }) => {
    bytes += Buffer.byteLength(message) + limits.eventOverheadBytes;
    return bytes > limits.maxCallBytes;
  });
  return tooMany === -1 ? events : events.slice(0, Math.max(1, tooMany));
}

function toWire(event: LocalLogEvent, ids: EventIds): object {
  const { ingestionTime, logStreamName, message, timestamp } = event;
  return { logStreamName, timestamp, message, ingestionTime, eventId: ids.of(event) };
}
