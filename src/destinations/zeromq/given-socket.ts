import { InvalidOptionError } from '../../invalid-option-error.ts';
import { ServiceError } from '../../service-error.ts';
import { shownOption } from '../../shown-option.ts';
import { type Frames, type SendChannel, sendUntilFull, type ZeroMqSocket } from './send-channel.ts';

/** @throws InvalidOptionError when it is no socket that can send. */
export function checkSocket(socket: unknown): void {
  const isSocket =
    typeof socket === 'object' &&
    socket !== null &&
    'send' in socket &&
    typeof socket.send === 'function' &&
    'closed' in socket;
  if (isSocket) return;
  throw new InvalidOptionError(
    `Expected \`socket\` to be a socket of \`zeromq\` that can send, such as \`new Push()\`, got ${shownOption(socket)}`,
  );
}

/**
 * A socket of the application, which may send through it beside us.
 *
 * Its `writable` is never read: that takes the news of free room away from a send of the application that
 * waits for it (http://api.zeromq.org/4-3:zmq-getsockopt, ZMQ_FD: "edge-triggered").
 */
export class GivenSocket implements SendChannel {
  readonly endpoint = 'the given socket';
  readonly hasReceiver = true;
  readonly #socket: ZeroMqSocket;

  constructor(socket: ZeroMqSocket) {
    this.#socket = socket;
  }

  send(topic: Uint8Array, bodies: readonly Uint8Array[]): Promise<number> {
    return sendUntilFull(bodies, (body) => this.#sendNow([topic, body]));
  }

  #sendNow(frames: Frames): Promise<void> {
    const socket = this.#socket;
    if (socket.closed) throw new ServiceError('The given socket is closed', { code: 'EBADF' });
    const { sendTimeout } = socket;
    if (sendTimeout === 0) return socket.send(frames);
    // The application's own sends keep their time limit; ours is read while `send` is called.
    socket.sendTimeout = 0;
    try {
      return socket.send(frames);
    } finally {
      socket.sendTimeout = sendTimeout;
    }
  }

  async close(): Promise<void> {}
}
