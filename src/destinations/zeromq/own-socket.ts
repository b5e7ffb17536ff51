import type { Publisher, Push } from 'zeromq';
import { tell } from '../../exporter/tell.ts';
import { closeSocket } from './close-socket.ts';
import type { CurveSettings } from './curve-option.ts';
import { importZeroMq } from './import-zeromq.ts';
import { type SendChannel, sendUntilFull } from './send-channel.ts';
import { KEEP_ALIVE, RECONNECT } from './zeromq-limits.ts';

export interface OwnSocketSettings {
  readonly endpoint: string;
  readonly socketType: 'push' | 'pub';
  readonly bind: boolean;
  readonly sendHighWaterMark: number;
  readonly lingerMillis: number;
  readonly curve: CurveSettings | undefined;
}

/** Makes a socket that is bound or connecting. Rejects when the address is taken or cannot be. */
export async function openOwnSocket(settings: OwnSocketSettings): Promise<OwnSocket> {
  const { bind, curve, endpoint, lingerMillis, sendHighWaterMark, socketType } = settings;
  const { Publisher, Push } = await importZeroMq();
  const common = { sendTimeout: 0, sendHighWaterMark, ...RECONNECT, ...KEEP_ALIVE, ...curve };
  const socket =
    socketType === 'pub'
      ? new Publisher({ ...common, linger: lingerMillis })
      : new Push({ ...common, linger: lingerMillis });
  let scout: Push | undefined;
  try {
    if (bind) await socket.bind(endpoint);
    else socket.connect(endpoint);
    if (socketType === 'push' && !bind && !endpoint.startsWith('inproc:')) {
      scout = new Push({ ...common, linger: 0, immediate: true });
      scout.connect(endpoint);
    }
    return new OwnSocket(settings, socket, scout);
  } catch (error) {
    socket.close();
    scout?.close();
    throw error;
  }
}

/**
 * The exporter's own socket.
 *
 * A PUSH socket that connects takes messages up to its high-water mark before anybody is there, and would
 * lose them at its end. ZMQ_IMMEDIATE forbids that, but also throws away what waits whenever the connection
 * breaks. So the socket that sends is without it, and a second one, the scout, is with it: it never sends,
 * and is writable exactly while the receiver is there.
 */
export class OwnSocket implements SendChannel {
  readonly endpoint: string;
  readonly #lingerMillis: number;
  readonly #socket: Push | Publisher;
  readonly #scout: Push | undefined;

  constructor(settings: OwnSocketSettings, socket: Push | Publisher, scout: Push | undefined) {
    this.endpoint = settings.endpoint;
    this.#lingerMillis = settings.lingerMillis;
    this.#socket = socket;
    this.#scout = scout;
  }

  get hasReceiver(): boolean {
    return this.#scout?.writable !== false;
  }

  send(topic: Uint8Array, bodies: readonly Uint8Array[]): Promise<number> {
    const socket = this.#socket;
    return sendUntilFull(bodies, (body) => socket.send([topic, body]));
  }

  async close(): Promise<void> {
    this.#scout?.close();
    // The system's clock, as ZeroMQ measures its linger time by that too.
    const start = performance.now();
    await closeSocket(this.#socket, this.#lingerMillis);
    if (this.#lingerMillis === 0 || performance.now() - start < this.#lingerMillis) return;
    tell(
      'warn',
      `zeromq: closed after ${this.#lingerMillis} ms with messages that ${this.endpoint} did not take`,
    );
  }
}
