import type { Socket } from 'node:net';
import type { Agent } from 'undici';
import { InvalidOptionError } from '../../invalid-option-error.ts';
import { shownOption } from '../../shown-option.ts';
import { importSoon } from '../import-soon.ts';
import type { RequestDispatcher } from './exchange.ts';
import { foreignDispatcher, isDispatcher } from './foreign-dispatcher.ts';
import type { UndiciDispatcher } from './http-log-record-exporter-options.ts';
import { SentBodies } from './sent-bodies.ts';
import { skipContinue } from './skip-continue.ts';

type Undici = typeof import('undici');

const loadUndici = (): Promise<Undici> => import('undici');

/** Longer than the pause between two batches, shorter than after what servers close idle connections. */
const KEEP_ALIVE_MILLIS = 10_000;
const CONNECT_TIMEOUT_MILLIS = 10_000;

/** The user's dispatcher, or one of our own, made when the first request needs it from what was imported before. */
export class LazyDispatcher {
  readonly #given: RequestDispatcher | undefined;
  readonly #sent = new SentBodies();
  #own: Promise<Agent> | undefined;

  /** @throws InvalidOptionError for something that is no dispatcher. */
  constructor(given: UndiciDispatcher | undefined) {
    if (given !== undefined && !isDispatcher(given)) {
      throw new InvalidOptionError(
        'Expected `dispatcher` to be a dispatcher of undici such as `new ProxyAgent(…)`, with a `dispatch` method, ' +
          `got ${shownOption(given)}`,
      );
    }
    this.#given = given === undefined ? undefined : foreignDispatcher(given);
    if (given === undefined) importSoon(loadUndici);
  }

  get(): Promise<RequestDispatcher> {
    if (this.#given !== undefined) return Promise.resolve(this.#given);
    this.#own ??= loadUndici().then((undici) => createAgent(undici, this.#sent));
    return this.#own;
  }

  /** True when the body of an answered request has left; of a user's dispatcher nothing is known. */
  hasSent(body: Uint8Array): boolean {
    return this.#given === undefined && this.#sent.hasLeft(body);
  }

  /** Ends the connections that are our own. */
  async close(): Promise<void> {
    const own = this.#own;
    this.#own = undefined;
    await (await own)?.destroy();
  }
}

function createAgent({ Agent, buildConnector }: Undici, sent: SentBodies): Agent {
  const connectSocket = buildConnector({ timeout: CONNECT_TIMEOUT_MILLIS });
  return new Agent({
    connect(options, callback) {
      const pending: unknown = connectSocket(options, (...result) => {
        const [error, socket] = result;
        if (error === null) {
          leaveUnref(socket);
          sent.watch(socket);
          skipContinue(socket);
        }
        callback(...result);
      });
      if (isSocket(pending)) pending.unref();
    },
    keepAliveTimeout: KEEP_ALIVE_MILLIS,
  });
}

/**
 * A socket that never keeps the process alive: undici takes it in and out of the count of what does, with
 * each request. Flush and shutdown hold the process while they wait.
 */
function leaveUnref(socket: Socket): void {
  socket.unref();
  socket.ref = () => socket;
}

function isSocket(value: unknown): value is Socket {
  return typeof value === 'object' && value !== null && 'unref' in value;
}
