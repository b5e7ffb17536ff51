/** The frames of one message. */
export type Frames = [topic: Uint8Array, body: Uint8Array];

/** What the exporter needs of a socket of `zeromq`: PUSH, PUB and their like have it. */
export interface ZeroMqSocket {
  readonly closed: boolean;
  readonly writable: boolean;
  sendTimeout: number;
  send(message: Frames): Promise<void>;
}

/** A socket that can be asked and never makes one wait. */
export interface SendChannel {
  /** For errors. */
  readonly endpoint: string;
  /** False while nobody takes messages: nobody is there, or the high-water mark is reached. */
  readonly isReady: boolean;
  /** Hands a message over now, or answers false. Rejects when the socket cannot send at all. */
  send(frames: Frames): Promise<boolean>;
  /** Resolves when ZeroMQ has sent what it holds, or after the linger time. */
  close(): Promise<void>;
}

/** Without a room for the message, or while the application itself waits for room. */
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
