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
  /** Hands a message over now, or answers false: no room. Rejects when the socket cannot send at all. */
  send(frames: Frames): Promise<boolean>;
  /** Resolves when ZeroMQ has sent what it holds, or after the linger time. */
  close(): Promise<void>;
}

/** No room for the message, or the application itself waits for room. */
const NO_ROOM = new Set(['EAGAIN', 'EBUSY']);

/** Sends with the socket's time limit set to 0: it never waits inside ZeroMQ, where no wait can be ended. */
export async function sendNow(socket: ZeroMqSocket, frames: Frames): Promise<boolean> {
  try {
    await socket.send(frames);
    return true;
  } catch (thrown) {
    const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
    if (typeof code === 'string' && NO_ROOM.has(code)) return false;
    throw thrown;
  }
}
