import type {
  CloudWatchLogsClient,
  Entity,
  PutLogEventsCommandOutput,
} from '@aws-sdk/client-cloudwatch-logs';
import type { Destination, DestinationRequest } from '../../exporter/destination.ts';
import type { PackedEntry } from '../../pack/packed-entry.ts';
import type { EntryOutcome, SendOutcome } from '../../send/send-outcome.ts';
import { ServiceError } from '../../service-error.ts';
import { awsErrorName, classifyAwsError } from '../aws/classify-aws-error.ts';
import { JsonBody } from '../aws/json-body.ts';
import { OWN_BODY_STEP, ownBody } from '../aws/own-body.ts';
import {
  type CloudWatchLogsCall,
  isNotFound,
  type LogTargetCreator,
} from './log-target-creator.ts';
import { rejectedReason } from './rejected-events.ts';

export interface CloudWatchLogsSenderParts {
  /** The SDK and a client, made on first use. */
  readonly getClient: () => Promise<Pick<CloudWatchLogsCall, 'sdk' | 'client'>>;
  readonly creator: LogTargetCreator;
  readonly entity: Entity | undefined;
  readonly rejected: 'drop' | 'restamp';
  /** Told when the service stored the events but did not accept the entity. */
  readonly onRejectedEntity: (errorType: string) => void;
}

/** Makes one PutLogEvents call and says what became of each event; creates what does not exist. */
export function createCloudWatchLogsSender(parts: CloudWatchLogsSenderParts): Destination['send'] {
  return async (request, { signal }) => {
    try {
      const call: CloudWatchLogsCall = { ...(await parts.getClient()), signal };
      const { logGroupName = '', logStreamName = '' } = request.target.names;
      const inTimeOrder = sortByTime(request.entries);
      const put = (): Promise<PutLogEventsCommandOutput> =>
        putLogEvents(call, { logGroupName, logStreamName }, inTimeOrder, parts.entity);
      let response: PutLogEventsCommandOutput;
      try {
        response = await put();
      } catch (error) {
        if (!isNotFound(error) || !parts.creator.isAllowed) throw error;
        await parts.creator.create(logGroupName, logStreamName, call);
        response = await put();
      }
      const entityError = response.rejectedEntityInfo?.errorType;
      if (entityError !== undefined) parts.onRejectedEntity(entityError);
      return outcomeOf(response, request, inTimeOrder, {
        rejected: parts.rejected,
        // The SDK learns from the service's Date header how wrong our clock is.
        nowMillis: Date.now() + clockOffsetMillis(call.client),
      });
    } catch (thrown) {
      // Never answered since 2023, and it says that the events are there.
      if (awsErrorName(thrown) === 'DataAlreadyAcceptedException') return { status: 'delivered' };
      return classifyAwsError(thrown, Date.now());
    }
  };
}

function putLogEvents(
  { client, sdk, signal }: CloudWatchLogsCall,
  names: { readonly logGroupName: string; readonly logStreamName: string },
  entries: readonly PackedEntry[],
  entity: Entity | undefined,
): Promise<PutLogEventsCommandOutput> {
  const command = new sdk.PutLogEventsCommand({ ...names, logEvents: [] });
  command.middlewareStack.add(ownBody(logEventsBody(names, entries, entity)), OWN_BODY_STEP);
  return client.send(command, { abortSignal: signal });
}

function logEventsBody(
  names: { readonly logGroupName: string; readonly logStreamName: string },
  entries: readonly PackedEntry[],
  entity: Entity | undefined,
): Uint8Array {
  const messageBytes = entries.reduce((sum, entry) => sum + entry.bytes.length * 1.25 + 64, 0);
  const body = new JsonBody(Math.ceil(messageBytes) + 2048);
  body.syntax('{"logGroupName":').value(names.logGroupName);
  body.syntax(',"logStreamName":').value(names.logStreamName).syntax(',"logEvents":[');
  entries.forEach((entry, index) => {
    body.syntax(`${index === 0 ? '' : ','}{"timestamp":${sentTimeMillis(entry)},"message":`);
    body.text(entry.bytes).syntax('}');
  });
  body.syntax(']');
  if (entity !== undefined) body.syntax(',"entity":').value(entity);
  return body.syntax('}').bytes();
}

function outcomeOf(
  response: PutLogEventsCommandOutput,
  request: DestinationRequest,
  inTimeOrder: readonly PackedEntry[],
  options: { readonly rejected: 'drop' | 'restamp'; readonly nowMillis: number },
): SendOutcome {
  const info = response.rejectedLogEventsInfo;
  if (info === undefined) return { status: 'delivered' };
  const outcomes = new Map<PackedEntry, EntryOutcome>();
  inTimeOrder.forEach((entry, index) => {
    const reason = rejectedReason(index, inTimeOrder.length, info);
    if (reason === undefined) return;
    const isRestamped = options.rejected === 'restamp' && entry.restampedMillis === undefined;
    const error = new ServiceError('The event lies outside the time that the service stores', {
      code: reason,
      httpStatusCode: 200,
    });
    outcomes.set(
      entry,
      isRestamped
        ? { status: 'retryable', error, restampMillis: Math.floor(options.nowMillis) }
        : { status: 'rejected', reason, error },
    );
  });
  if (outcomes.size === 0) return { status: 'delivered' };
  return {
    status: 'partial',
    entries: request.entries.map((entry) => outcomes.get(entry) ?? { status: 'delivered' }),
    retryAfterMillis: 0,
  };
}

/**
 * Chronological, and stable for events of the same millisecond: the service refuses a call that is not in
 * order, and shows equal times in the order they came.
 */
function sortByTime(entries: readonly PackedEntry[]): readonly PackedEntry[] {
  return entries.toSorted((a, b) => sentTimeMillis(a) - sentTimeMillis(b));
}

function sentTimeMillis(entry: PackedEntry): number {
  return entry.restampedMillis ?? entry.timeMillis;
}

function clockOffsetMillis(client: CloudWatchLogsClient): number {
  const { systemClockOffset } = client.config;
  return typeof systemClockOffset === 'number' ? systemClockOffset : 0;
}
