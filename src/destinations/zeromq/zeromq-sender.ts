import { setImmediate } from 'node:timers/promises';
import type { Destination } from '../../exporter/destination.ts';
import { MissingPackageError } from '../../missing-package-error.ts';
import type { PackedEntry } from '../../pack/packed-entry.ts';
import type { SendOutcome } from '../../send/send-outcome.ts';
import { ServiceError } from '../../service-error.ts';
import type { LazySocket } from './lazy-socket.ts';
import type { SendChannel } from './send-channel.ts';
import { whenReady } from './when-ready.ts';

export interface ZeroMqSenderParts {
  readonly socket: LazySocket;
  readonly sendTimeoutMillis: number;
  /** Applied to each body frame. */
  readonly compress: ((bytes: Uint8Array) => Promise<Uint8Array>) | undefined;
}

/** Hands the messages of one topic to ZeroMQ, as many as it takes now. */
export function createZeroMqSender(parts: ZeroMqSenderParts): Destination['send'] {
  return async ({ entries, target }, { signal }) => {
    try {
      const channel = await parts.socket.get();
      const timeoutMillis = parts.sendTimeoutMillis;
      if (!(await whenReady(channel, { signal, timeoutMillis }))) {
        // It waited here already: it may begin to wait again at once.
        const error = noRoom(channel, `within ${timeoutMillis} ms`);
        return { status: 'retryable', error, retryAfterMillis: 0 };
      }
      const bodies = await bodiesOf(entries, parts.compress);
      // The application gets its turn now, and not between the first message and the answer: an abort
      // would else leave messages that are sent and told to be not.
      await setImmediate();
      if (signal.aborted) return { status: 'retryable', error: noRoom(channel, 'in time') };
      const topic = Buffer.from(target.names['topic'] ?? '');
      return outcomeOf(await sendUntilFull(channel, topic, bodies), bodies.length, channel);
    } catch (thrown) {
      return failureOf(thrown);
    }
  };
}

async function bodiesOf(
  entries: readonly PackedEntry[],
  compress: ZeroMqSenderParts['compress'],
): Promise<Uint8Array[]> {
  if (compress === undefined) return entries.map((entry) => entry.bytes);
  return Promise.all(entries.map((entry) => compress(entry.bytes)));
}

/** The number of messages that ZeroMQ took. */
async function sendUntilFull(
  channel: SendChannel,
  topic: Uint8Array,
  bodies: readonly Uint8Array[],
): Promise<number> {
  let count = 0;
  for (const body of bodies) {
    const isTaken = await channel.send([topic, body]).catch((error: unknown) => {
      // What is told now would hide that some messages are sent.
      if (count === 0) throw error;
      return false;
    });
    if (!isTaken) break;
    count += 1;
  }
  return count;
}

function outcomeOf(sentCount: number, count: number, channel: SendChannel): SendOutcome {
  if (sentCount === count) return { status: 'delivered' };
  const error = noRoom(channel, 'at once');
  if (sentCount === 0) return { status: 'retryable', error };
  return {
    status: 'partial',
    entries: Array.from({ length: count }, (_, index) =>
      index < sentCount ? { status: 'delivered' } : { status: 'retryable', error },
    ),
    retryAfterMillis: 0,
  };
}

function noRoom({ endpoint }: SendChannel, when: string): ServiceError {
  return new ServiceError(`No receiver at ${endpoint} took a message ${when}`, { code: 'EAGAIN' });
}

/** Errors of ZeroMQ that are the same at every attempt: the address, the key, a closed socket. */
const LASTING_ERRORS: ReadonlySet<string> = new Set([
  'EBADF',
  'EINVAL',
  'ENOCOMPATPROTO',
  'ENOTSUP',
  'EPROTONOSUPPORT',
]);

function failureOf(thrown: unknown): SendOutcome {
  if (thrown instanceof MissingPackageError) {
    return { status: 'rejected', reason: 'rejected', error: thrown };
  }
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : 'UnknownError';
  const message = thrown instanceof Error ? thrown.message : 'Unknown error';
  const error = new ServiceError(message, { code });
  if (LASTING_ERRORS.has(code)) return { status: 'rejected', reason: 'rejected', error };
  return { status: 'retryable', error };
}
