import { AwsError } from '../aws/aws-error.ts';
import { type AwsCallContext, type AwsOperation, awsOperation } from '../aws/aws-operation.ts';
import { list, map, number, optional, structure, text } from '../aws/shape.ts';
import { checkEntitySizes, entityRejection } from './check-entity.ts';
import { checkLogEvents, checkSpan, type InputLogEvent } from './check-log-events.ts';
import { checkGroupName, checkStreamName } from './check-log-names.ts';
import { ageOf, type EventAge, rejectedInfo } from './event-ages.ts';
import type {
  LocalCloudWatchLogs,
  LocalLogGroup,
  LocalLogStream,
  LogEntity,
} from './local-cloudwatch-logs.ts';
import { missingParameter } from './missing-parameter.ts';

const entity = structure({
  keyAttributes: optional(map(text)),
  attributes: optional(map(text)),
});

/** Stores the events whose time is right and says which ones were not. */
export function putLogEvents(store: LocalCloudWatchLogs): AwsOperation {
  return awsOperation({
    input: structure({
      logGroupName: text,
      logStreamName: text,
      logEvents: list(structure({ timestamp: number, message: text })),
      sequenceToken: optional(text),
      entity: optional(entity),
    }),
    missing: missingParameter,
    target: ({ logGroupName, logStreamName }) => `${logGroupName}/${logStreamName}`,
    entryCount: ({ logEvents }) => logEvents.length,
    run(input, context) {
      const { check, nowMillis } = context;
      checkGroupName(input.logGroupName, check);
      checkStreamName(input.logStreamName, check);
      if (input.entity !== undefined) checkEntitySizes(input.entity, check);
      checkLogEvents(input.logEvents, check);
      const group = store.groups.get(input.logGroupName);
      const ages = agesOf(input.logEvents, nowMillis, group);
      checkSpan(
        input.logEvents.filter((_, index) => ages[index] === 'valid'),
        check,
      );
      const stream = existingStream(group, input.logStreamName);
      storeEvents(store, group, stream, input.logEvents, ages, context);
      const info = rejectedInfo(input.logEvents, ages, nowMillis, retentionOf(group));
      const entityError = input.entity && takeEntity(input.entity, group, stream, context);
      return {
        ...(ages.includes('valid') ? { nextSequenceToken: String(store.eventCount) } : {}),
        ...(info === undefined ? {} : { rejectedLogEventsInfo: info }),
        ...(entityError === undefined ? {} : { rejectedEntityInfo: { errorType: entityError } }),
      };
    },
  });
}

function agesOf(
  events: readonly InputLogEvent[],
  nowMillis: number,
  group: LocalLogGroup | undefined,
): EventAge[] {
  const retentionInDays = retentionOf(group);
  return events.map(({ timestamp }) => ageOf(timestamp, nowMillis, retentionInDays));
}

// A group of the class DELIVERY keeps its events for one day whatever its policy says.
function retentionOf(group: LocalLogGroup | undefined): number | undefined {
  return group?.logGroupClass === 'DELIVERY' ? 1 : group?.retentionInDays;
}

export function existingStream(group: LocalLogGroup | undefined, name: string): LocalLogStream {
  const stream = group?.streams.get(name);
  if (stream !== undefined) return stream;
  const what = group === undefined ? 'group' : 'stream';
  throw new AwsError('ResourceNotFoundException', `The specified log ${what} does not exist.`);
}

function storeEvents(
  store: LocalCloudWatchLogs,
  group: LocalLogGroup | undefined,
  stream: LocalLogStream,
  events: readonly InputLogEvent[],
  ages: readonly EventAge[],
  { nowMillis }: AwsCallContext,
): void {
  const logGroupName = group?.name ?? '';
  for (const [index, { timestamp, message }] of events.entries()) {
    const event = {
      logGroupName,
      logStreamName: stream.name,
      timestamp,
      message,
      ingestionTime: nowMillis,
    };
    const reason = ages[index] ?? 'valid';
    if (reason === 'valid') store.store(stream, event);
    else store.rejected.push({ ...event, reason });
  }
}

function takeEntity(
  sent: LogEntity,
  group: LocalLogGroup | undefined,
  stream: LocalLogStream,
  { check }: AwsCallContext,
): string | undefined {
  const error = entityRejection(sent, group?.logGroupClass ?? 'STANDARD');
  if (error === undefined) {
    stream.entity = sent;
    return undefined;
  }
  const message = `The entity was rejected: ${error}`;
  return check.refuseEntry({ rule: 'entity', error, message, detail: 'entity' })
    ? error
    : undefined;
}
