import type {
  CloudWatchLogsClient,
  Entity,
  PutLogEventsCommandOutput,
} from '@aws-sdk/client-cloudwatch-logs';
import type { Destination, DestinationRequest } from '../../exporter/destination.ts';
import { forEachEntry, sentTimeMillis } from '../../exporter/each-entry.ts';
import { separateEntries } from '../../exporter/joined-entries.ts';
import type { ReusedMemory } from '../../exporter/reused-memory.ts';
import type { PackedEntry } from '../../pack/packed-entry.ts';
import type { Target } from '../../route/target.ts';
import type { EntryOutcome, SendOutcome } from '../../send/send-outcome.ts';
import { ServiceError } from '../../service-error.ts';
import { answeredOk } from '../aws/answered-ok.ts';
import { awsErrorName, classifyAwsError } from '../aws/classify-aws-error.ts';
import { OwnBodyCalls } from '../aws/own-body-calls.ts';
import {
  type CloudWatchLogsCall,
  isNotFound,
  type LogTargetCreator,
} from './log-target-creator.ts';
import { missingTargetError } from './missing-target-error.ts';
import { type LogTargetNames, putLogEvents } from './put-log-events.ts';
import { rejectedReason } from './rejected-events.ts';

export interface CloudWatchLogsSenderParts {
  /** The SDK and a client, made on first use. */
  readonly getClient: (resource: Target['resource']) => Promise<Omit<CloudWatchLogsCall, 'signal'>>;
  readonly creator: LogTargetCreator;
  readonly entity: Entity | undefined;
  readonly rejected: 'drop' | 'restamp';
  /** Told when the service stored the events but did not accept the entity. */
  readonly onRejectedEntity: (errorType: string) => void;
  readonly buffers: ReusedMemory;
}

/** Makes one PutLogEvents call and says what became of each event; creates what does not exist. */
export function createCloudWatchLogsSender(parts: CloudWatchLogsSenderParts): Destination['send'] {
  const { buffers } = parts;
  const calls = new OwnBodyCalls<PutLogEventsCommandOutput>();
  return async (request, { signal }) => {
    try {
      const call: CloudWatchLogsCall = {
        ...(await parts.getClient(request.target.resource)),
        signal,
      };
      const { logGroupName = '', logStreamName = '' } = request.target.names;
      const names = { logGroupName, logStreamName };
      const inTimeOrder = sortByTime(request.entries);
      const put = (): Promise<PutLogEventsCommandOutput> =>
        putLogEvents(
          call,
          { names, entries: inTimeOrder, entity: parts.entity },
          { buffers, calls },
        );
      let response: PutLogEventsCommandOutput;
      try {
        response = await put();
      } catch (error) {
        if (!isNotFound(error)) throw error;
        const failure = await createTarget(parts.creator, names, call);
        if (failure !== undefined) return failure;
        response = await put().catch((stillMissing: unknown) => {
          if (!isNotFound(stillMissing)) throw stillMissing;
          throw parts.creator.createsStreams
            ? notKnownYet(stillMissing)
            : missingTargetError('stream', ['createLogStream']);
        });
      }
      // Not waited for: when it hangs, events that are stored must not count as late and be sent again.
      void parts.creator.catchUpRetention(logGroupName, call);
      const entityError = response.rejectedEntityInfo?.errorType;
      if (entityError !== undefined) parts.onRejectedEntity(entityError);
      const outcome = outcomeOf(response, request, {
        rejected: parts.rejected,
        // The SDK learns from the service's Date header how wrong our clock is.
        nowMillis: Date.now() + clockOffsetMillis(call.client),
      });
      return answeredOk(outcome);
    } catch (thrown) {
      // Never answered since 2023, and it says that the events are there.
      if (awsErrorName(thrown) === 'DataAlreadyAcceptedException') return { status: 'delivered' };
      return classifyAwsError(thrown, Date.now());
    }
  };
}

/** Answers why it could not be created. No event is to blame for that, so the request is never halved. */
async function createTarget(
  creator: LogTargetCreator,
  names: LogTargetNames,
  call: CloudWatchLogsCall,
): Promise<SendOutcome | undefined> {
  try {
    await creator.create(names.logGroupName, names.logStreamName, call);
    return undefined;
  } catch (thrown) {
    const cause = isNotFound(thrown) ? notKnownYet(thrown) : thrown;
    const failure = classifyAwsError(cause, Date.now());
    return failure.status === 'rejected' ? { ...failure, divisible: false } : failure;
  }
}

/** What was created a moment ago may need another one until all servers know it. */
function notKnownYet(thrown: unknown): ServiceError {
  const message = thrown instanceof Error ? thrown.message : '';
  // Without a status it passes with time.
  return new ServiceError(message, { code: 'ResourceNotFoundException' });
}

function outcomeOf(
  response: PutLogEventsCommandOutput,
  request: DestinationRequest,
  options: { readonly rejected: 'drop' | 'restamp'; readonly nowMillis: number },
): SendOutcome {
  const info = response.rejectedLogEventsInfo;
  if (info === undefined) return { status: 'delivered' };
  const outcomes = new Map<PackedEntry, EntryOutcome>();
  const entries = separateEntries(request.entries);
  const inTimeOrder = sortByTime(entries);
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
    entries: entries.map((entry) => outcomes.get(entry) ?? { status: 'delivered' }),
    retryAfterMillis: 0,
  };
}

/**
 * Chronological, and stable for events of the same millisecond: the service refuses a call that is not in
 * order, and shows equal times in the order they came.
 */
function sortByTime(entries: readonly PackedEntry[]): readonly PackedEntry[] {
  return isInTimeOrder(entries)
    ? entries
    : separateEntries(entries).toSorted((a, b) => sentTimeMillis(a) - sentTimeMillis(b));
}

function isInTimeOrder(entries: readonly PackedEntry[]): boolean {
  let before = Number.NEGATIVE_INFINITY;
  let isInOrder = true;
  forEachEntry(entries, (_memory, _start, _end, timeMillis) => {
    isInOrder &&= timeMillis >= before;
    before = timeMillis;
  });
  return isInOrder;
}

function clockOffsetMillis(client: CloudWatchLogsClient): number {
  const { systemClockOffset } = client.config;
  return typeof systemClockOffset === 'number' ? systemClockOffset : 0;
}
