import type { Entity, PutLogEventsCommandOutput } from '@aws-sdk/client-cloudwatch-logs';
import { forEachEntry, type VisitEntry, type VisitFramed } from '../../exporter/each-entry.ts';
import type { ReusedMemory } from '../../exporter/reused-memory.ts';
import { isObject } from '../../is-object.ts';
import { objectProperty } from '../../object-property.ts';
import type { PackedEntry } from '../../pack/packed-entry.ts';
import { ServiceError } from '../../service-error.ts';
import { bodyAround } from '../aws/body-around.ts';
import type { CallBody } from '../aws/call-body.ts';
import type { OnResponse } from '../aws/call-middleware.ts';
import { JsonBody } from '../aws/json-body.ts';
import type { OwnBodyCalls } from '../aws/own-body-calls.ts';
import { inOwnTurns } from '../aws/own-turn.ts';
import { readAnswer } from '../aws/take-answer.ts';
import { BETWEEN_EVENTS } from './event-frame.ts';
import type { CloudWatchLogsCall } from './log-target-creator.ts';

const ALL_STORED: PutLogEventsCommandOutput = { $metadata: {} };
const ALL_STORED_ANSWER = /^\{"nextSequenceToken":"[^"\\]*"\}$/u;
/** Any longer answer has more to tell. */
const MAX_ALL_STORED_BYTES = 256;

/** What text that is still to be escaped becomes, about. */
const PLAIN_GROWTH = 1.25;

export interface LogTargetNames {
  readonly logGroupName: string;
  readonly logStreamName: string;
}

export interface LogEventsBatch {
  readonly names: LogTargetNames;
  /** In the order of their times, as the service wants them. */
  readonly entries: readonly PackedEntry[];
  readonly entity: Entity | undefined;
}

export interface PutLogEventsParts {
  readonly buffers: ReusedMemory;
  readonly calls: OwnBodyCalls<PutLogEventsCommandOutput>;
}

/**
 * One call.
 *
 * An answer that tells of no event, though it may have been rejected, counts as none: no body, or one that is no object
 * or an error. The service answers `nextSequenceToken` at least (PutLogEvents, API reference, read 2026-11-21); others
 * that speak its protocol may answer an empty object.
 */
export async function putLogEvents(
  { signal, ...ready }: CloudWatchLogsCall,
  batch: LogEventsBatch,
  { buffers, calls }: PutLogEventsParts,
): Promise<PutLogEventsCommandOutput> {
  const body = await inOwnTurns(signal, () => logEventsBody(batch, buffers));
  let isAnswer = true;
  const onResponse: OnResponse<PutLogEventsCommandOutput> = async (response) => {
    // A user's middleware reads the answer too.
    const answer = ready.isPrivate ? await readAnswer(response) : undefined;
    const isAllStored = answer !== undefined && tellsAllStored(answer);
    isAnswer =
      isAllStored || (answer === undefined ? !saysEmpty(response) : isObjectOfService(answer));
    return isAllStored ? ALL_STORED : undefined;
  };
  const key = JSON.stringify(batch.names);
  const output = await calls.send(ready, { body, key, onResponse, signal }, (use, options) => {
    const command = new ready.sdk.PutLogEventsCommand({ ...batch.names, logEvents: [] });
    use(command.middlewareStack);
    return ready.client.send(command, options);
  });
  if (isAnswer) return output;
  throw new ServiceError('The answer tells nothing of the events', { code: 'MalformedAnswer' });
}

/** True for the answer as the service writes it when it took all events and the entity; the SDK reads any other. */
function tellsAllStored(answer: Buffer): boolean {
  return answer.length <= MAX_ALL_STORED_BYTES && ALL_STORED_ANSWER.test(answer.toString('latin1'));
}

function isObjectOfService(answer: Buffer): boolean {
  try {
    const value: unknown = JSON.parse(answer.toString());
    return isObject(value) && !Array.isArray(value) && !('__type' in value);
  } catch {
    return false;
  }
}

function saysEmpty(response: unknown): boolean {
  const length = objectProperty(objectProperty(response, 'headers'), 'content-length');
  return length === '0' || objectProperty(response, 'statusCode') === 204;
}

/** The memory in which the events lie, or a copy of it. */
function logEventsBody(
  { entity, entries, names }: LogEventsBatch,
  buffers: ReusedMemory,
): CallBody {
  const entityMember = entity === undefined ? '' : `,"entity":${JSON.stringify(entity)}`;
  const namesMembers =
    `"logGroupName":${JSON.stringify(names.logGroupName)},` +
    `"logStreamName":${JSON.stringify(names.logStreamName)}`;
  // Behind the last event is no room for anything else.
  const head = `{${namesMembers}${entityMember},"logEvents":[{`;
  return (
    bodyAround(entries, head, '"}]}') ??
    copiedBody(entries, [`{${namesMembers},"logEvents":[`, `]${entityMember}}`], buffers)
  );
}

function copiedBody(
  entries: readonly PackedEntry[],
  [head, tail]: readonly [head: string, tail: string],
  buffers: ReusedMemory,
): CallBody {
  let messageBytes = 0;
  forEachEntry(entries, (_memory, start, end, _timeMillis, isNested) => {
    messageBytes += (end - start) * (isNested ? 1 : PLAIN_GROWTH) + 64;
  });
  const body = new JsonBody(buffers, Math.ceil(messageBytes) + 2048).utf8(head);
  let timeMillis = Number.NaN;
  let eventHead = '';
  let separator = '';
  const visit: VisitEntry = (memory, start, end, millis, isNested) => {
    // Neighbours often share their millisecond.
    if (millis !== timeMillis) {
      timeMillis = millis;
      eventHead = `{"timestamp":${millis},"message":`;
    }
    body.syntax(separator).syntax(eventHead);
    if (isNested) body.nestedText(memory, start, end);
    else body.text(memory.subarray(start, end));
    body.syntax('}');
    separator = ',';
  };
  const visitFramed: VisitFramed = (memory, start, end) => {
    // The last frame's end is written anew: an earlier attempt may have ended a body there.
    body.syntax(separator).syntax('{');
    body.written(memory, start, end - BETWEEN_EVENTS.length).syntax('"}');
    separator = ',';
  };
  forEachEntry(entries, visit, visitFramed);
  return body.utf8(tail);
}
