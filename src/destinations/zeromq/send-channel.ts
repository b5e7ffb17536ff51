import { codeOf } from '../../code-of.ts';

/** The frames of one message. */
export type Frames = [topic: Uint8Array, body: Uint8Array];

/** What the exporter needs of a socket of `zeromq`: PUSH, PUB and their like have it. */
export interface ZeroMqSocket {
  readonly closed: boolean;
  sendTimeout: number;
  send(message: Frames): Promise<void>;
}

/** A socket that never makes one wait. */
export interface SendChannel {
  /** For errors. */
  readonly endpoint: string;
  /** False when it is known that nobody is there. Asked once for many messages: it costs as much as one. */
  readonly hasReceiver: boolean;
  /**
   * Hands messages over now, one for each body, and answers how many were taken before there was no room.
   * Rejects when the socket cannot send at all.
   */
  send(topic: Uint8Array, bodies: readonly Uint8Array[]): Promise<number>;
  /** Resolves when ZeroMQ has sent what it holds, or after the linger time. */
  close(): Promise<void>;
}

/** No room for the message, or the application itself waits for room. */
const NO_ROOM = new Set(['EAGAIN', 'EBUSY']);

/**
 * Sends one body after the other and answers how many were taken.
 *
 * @param sendOne With the socket's time limit set to 0: it never waits inside ZeroMQ, where no wait can be
 * ended. Each one has to be awaited, as a later message may find the room that an earlier one did not: the
 * promise that is settled already and one turn of microtasks are all that a message costs beside ZeroMQ.
 */
export async function sendUntilFull(
  bodies: readonly Uint8Array[],
  sendOne: (body: Uint8Array) => Promise<void>,
): Promise<number> {
  let count = 0;
  try {
    for (const body of bodies) {
      await sendOne(body);
      count += 1;
    }
  } catch (thrown) {
    // The messages before it are sent: that must be told, and any other error comes again.
    if (count === 0 && !isNoRoom(thrown)) throw thrown;
  }
  return count;
}

function isNoRoom(thrown: unknown): boolean {
  return NO_ROOM.has(codeOf(thrown) ?? '');
}
