import { setImmediate } from 'node:timers/promises';
import { codeOf } from '../../code-of.ts';
import type { Destination } from '../../exporter/destination.ts';
import { entryCountOf, forEachEntry } from '../../exporter/each-entry.ts';
import { separateEntries } from '../../exporter/joined-entries.ts';
import { systemRuntime } from '../../exporter/runtime.ts';
import { MissingPackageError } from '../../missing-package-error.ts';
import type { PackedEntry } from '../../pack/packed-entry.ts';
import type { Clock } from '../../send/clock.ts';
import type { EntryOutcome, SendOutcome } from '../../send/send-outcome.ts';
import { ServiceError } from '../../service-error.ts';
import type { LazySocket } from './lazy-socket.ts';
import { pause } from './pause.ts';
import type { SendChannel } from './send-channel.ts';

export interface ZeroMqSenderParts {
  readonly socket: LazySocket;
  readonly sendTimeoutMillis: number;
  /** Applied to each body frame. */
  readonly compress: ((bytes: Uint8Array) => Promise<Uint8Array>) | undefined;
}

const FIRST_PAUSE_MILLIS = 1;
const LONGEST_PAUSE_MILLIS = 50;

/**
 * Hands the messages of one topic to ZeroMQ: waits until it takes the first one, then gives it as many as it
 * takes.
 *
 * It looks again and again, as a wait inside ZeroMQ can neither be ended nor lets the process end. From the
 * first message to the answer nothing else gets a turn: an abort in between would leave messages that are
 * sent and told to be not.
 *
 * @param clock For tests. Default: the system's.
 */
export function createZeroMqSender(
  parts: ZeroMqSenderParts,
  clock: Clock = systemRuntime,
): Destination['send'] {
  const { compress, sendTimeoutMillis } = parts;
  /** Bodies that may find room, about: those that do not are compressed again for the next attempt. */
  let roomCount = Number.POSITIVE_INFINITY;
  return async ({ entries, target }, { signal }) => {
    try {
      const endMillis = clock.monotonicMillis() + sendTimeoutMillis;
      const channel = await parts.socket.get();
      const topic = Buffer.from(target.names['topic'] ?? '');
      const bodies =
        compress === undefined
          ? bodiesOf(entries)
          : await compressedBodiesOf(entries, compress, roomCount);
      await setImmediate();
      let pauseMillis = FIRST_PAUSE_MILLIS;
      while (!signal.aborted) {
        const sentCount = channel.hasReceiver ? await channel.send(topic, bodies) : 0;
        if (sentCount > 0) {
          const isFull = sentCount < bodies.length;
          roomCount = isFull ? 2 * sentCount : Math.max(roomCount, 2 * sentCount);
          return partOf(sentCount, entryCountOf(entries), channel);
        }
        const leftMillis = endMillis - clock.monotonicMillis();
        if (leftMillis <= 0) break;
        await pause(Math.min(pauseMillis, leftMillis), signal, clock);
        pauseMillis = Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS);
      }
      const error = noRoom(channel, `within ${sendTimeoutMillis} ms`);
      // It waited here already: it may begin to wait again at once.
      return { status: 'retryable', error, retryAfterMillis: 0 };
    } catch (thrown) {
      return failureOf(thrown);
    }
  };
}

/** Of the first entries, so many at most. */
function compressedBodiesOf(
  entries: readonly PackedEntry[],
  compress: (bytes: Uint8Array) => Promise<Uint8Array>,
  maxCount: number,
): Promise<Uint8Array[]> {
  const first = separateEntries(entries).slice(0, maxCount);
  return Promise.all(first.map((entry) => compress(entry.bytes)));
}

function bodiesOf(entries: readonly PackedEntry[]): Uint8Array[] {
  const bodies: Uint8Array[] = [];
  forEachEntry(entries, (memory, start, end) => bodies.push(memory.subarray(start, end)));
  return bodies;
}

const DELIVERED = { status: 'delivered' } as const;

function partOf(sentCount: number, count: number, channel: SendChannel): SendOutcome {
  if (sentCount === count) return DELIVERED;
  const left: EntryOutcome = { status: 'retryable', error: noRoom(channel, 'at once') };
  const entries = new Array<EntryOutcome>(count)
    .fill(DELIVERED, 0, sentCount)
    .fill(left, sentCount);
  return { status: 'partial', entries, retryAfterMillis: 0 };
}

function noRoom({ endpoint }: SendChannel, when: string): ServiceError {
  return new ServiceError(`No receiver at ${endpoint} took a message ${when}`, { code: 'EAGAIN' });
}

/** Errors of ZeroMQ that are the same at every attempt: the address, the keys, a closed socket. */
const LASTING_ERRORS: ReadonlySet<string> = new Set([
  'EBADF',
  'EINVAL',
  'ENOCOMPATPROTO',
  'ENOTSUP',
  'EPROTONOSUPPORT',
]);

function failureOf(thrown: unknown): SendOutcome {
  if (thrown instanceof MissingPackageError) {
    return { status: 'rejected', reason: 'rejected', error: thrown, isMisconfigured: true };
  }
  const code = codeOf(thrown) ?? 'UnknownError';
  const message = thrown instanceof Error ? thrown.message : 'Unknown error';
  const error = new ServiceError(message, { code });
  if (LASTING_ERRORS.has(code)) return { status: 'rejected', reason: 'rejected', error };
  return { status: 'retryable', error };
}
