import { connect as connectTcp } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import type { Pull, Subscriber } from 'zeromq';
import { MissingPackageError } from '../../missing-package-error.ts';
import { type Decoder, decodeJsonLines } from '../decode-json-lines.ts';
import { dropFirst } from '../drop-first.ts';

const MAX_BIND_ATTEMPTS = 100;
const BIND_WAIT_MILLIS = 20;

/** How the local ZeroMQ receiver takes messages. */
export interface LocalZeroMqOptions {
  /** `pull` for a PUSH sender, `sub` (to every topic) for a PUB sender. Default `pull`. */
  readonly socketType?: 'pull' | 'sub';
  /** Connects to a sender that binds. Default: binds a free port of 127.0.0.1 itself. */
  readonly connect?: string;
  /** Where it binds. Default: a free port. */
  readonly port?: number;
  /** Messages that wait inside the socket. Default 1,000. */
  readonly receiveHighWaterMark?: number;
}

/** One multipart message. */
export interface ZeroMqMessage {
  readonly frames: readonly Buffer[];
  /** The first of two or more frames as text; empty for a single frame. */
  readonly topic: string;
  /** The last frame. */
  readonly body: Buffer;
  readonly receivedAtMillis: number;
}

/** A real ZeroMQ socket that keeps what it gets. Needs the package `zeromq`, loaded by `start`. */
export class LocalZeroMq {
  /** In the order of arrival. */
  readonly messages: ZeroMqMessage[] = [];
  readonly #options: LocalZeroMqOptions;
  readonly #now: () => number;
  readonly #decode: Decoder;
  #socket: Pull | Subscriber | undefined;
  #reading: Promise<void> | undefined;
  #endpoint: string | undefined;
  #gate: { readonly opened: Promise<void>; readonly open: () => void } | undefined;

  constructor(options: LocalZeroMqOptions, now: () => number, decode: Decoder = decodeJsonLines) {
    this.#decode = decode;
    this.#options = options;
    this.#now = now;
  }

  /** `tcp://127.0.0.1:<port>`; the same after a restart. Throws before the first `start`. */
  get endpoint(): string {
    if (this.#endpoint === undefined) {
      throw new Error('ZeroMQ is not started: call startZeroMq() or pass zeromq: true.');
    }
    return this.#endpoint;
  }

  /** What the bodies hold, by the option `decode`. */
  get decoded(): unknown[] {
    return this.messages.flatMap(({ body }) => this.#decode(body));
  }

  async start(): Promise<void> {
    if (this.#socket !== undefined) return;
    const { Pull, Subscriber } = await importZeroMq();
    const {
      socketType = 'pull',
      connect,
      port = '*',
      receiveHighWaterMark = 1_000,
    } = this.#options;
    const settings = { receiveHighWaterMark, linger: 0 };
    const socket = socketType === 'sub' ? new Subscriber(settings) : new Pull(settings);
    if (socket instanceof Subscriber) socket.subscribe();
    this.#socket = socket;
    if (connect === undefined) {
      try {
        await bindSoon(socket, this.#endpoint ?? `tcp://127.0.0.1:${port}`);
      } catch (error) {
        this.#socket = undefined;
        socket.close();
        throw error;
      }
      this.#endpoint = socket.lastEndpoint ?? undefined;
    } else {
      socket.connect(connect);
      this.#endpoint = connect;
    }
    this.#reading = this.#read(socket);
  }

  /** Closes the socket, as a listener that died; `start` brings it back on the same port. */
  async stop(): Promise<void> {
    const socket = this.#socket;
    if (socket === undefined) return;
    this.#socket = undefined;
    this.resume();
    socket.close();
    await this.#reading;
    if (this.#options.connect === undefined) await portClosed(this.endpoint);
  }

  /** Stops reading while the connection stays: messages pile up at the sender. */
  pause(): void {
    if (this.#gate !== undefined) return;
    let open = (): void => undefined;
    const opened = new Promise<void>((resolve) => {
      open = resolve;
    });
    this.#gate = { opened, open };
  }

  resume(): void {
    this.#gate?.open();
    this.#gate = undefined;
  }

  /** Forgets the messages that arrived before this time. */
  forgetBefore(millis: number): void {
    dropFirst(this.messages, ({ receivedAtMillis }) => receivedAtMillis < millis);
  }

  clear(): void {
    this.messages.length = 0;
  }

  async #read(socket: Pull | Subscriber): Promise<void> {
    try {
      for await (const frames of socket) {
        await this.#gate?.opened;
        const body = frames.at(-1) ?? Buffer.alloc(0);
        const topic = frames.length > 1 ? String(frames[0]) : '';
        this.messages.push({ frames, topic, body, receivedAtMillis: this.#now() });
      }
    } catch (error) {
      // A receive that waits while the socket closes ends with an error: that is the end of reading.
      if (this.#socket === socket) throw error;
    }
  }
}

/**
 * libzmq closes a listener on its own thread, after `close` has returned. A sender that connects in between
 * hands its messages to the dying socket, so stopping means that the port refuses.
 */
async function portClosed(endpoint: string): Promise<void> {
  const { hostname, port } = new URL(endpoint);
  for (let attempt = 1; attempt < MAX_BIND_ATTEMPTS; attempt += 1) {
    if (await isRefused(hostname, Number(port))) return;
    await setTimeout(BIND_WAIT_MILLIS);
  }
}

function isRefused(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connectTcp(port, host);
    socket.once('connect', () => {
      socket.destroy();
      resolve(false);
    });
    socket.once('error', () => resolve(true));
  });
}

async function importZeroMq(): Promise<typeof import('zeromq')> {
  try {
    return await import('zeromq');
  } catch (cause) {
    throw new MissingPackageError('zeromq', 'testing', { cause });
  }
}

/** A port that was just given up may be taken for a moment by a sender that tries to reach it. */
async function bindSoon(socket: Pull | Subscriber, endpoint: string): Promise<void> {
  for (let attempt = 1; attempt < MAX_BIND_ATTEMPTS; attempt += 1) {
    try {
      await socket.bind(endpoint);
      return;
    } catch {
      await setTimeout(BIND_WAIT_MILLIS);
    }
  }
  await socket.bind(endpoint);
}
