import type { Pull, Subscriber } from 'zeromq';
import { checkOptionsObject, choiceOption, functionOption } from '../../exporter/check-option.ts';
import { ENCODING_NAMES } from '../../exporter/encoding-content.ts';
import type { EncodingName } from '../../exporter/exporter-options.ts';
import { InvalidOptionError } from '../../invalid-option-error.ts';
import { shownOption } from '../../shown-option.ts';
import { closeSocket } from './close-socket.ts';
import { MessageReader } from './message-reader.ts';
import { ProblemReporter } from './problem-reporter.ts';
import { openReceiverSocket, receiverSocketSettings } from './receiver-socket.ts';
import type {
  LogHandler,
  ReceivedLog,
  ReceiverStats,
  ZeroMqLogReceiverOptions,
} from './zeromq-log-receiver-options.ts';

/**
 * Receives log records over ZeroMQ, as `distlogd` does: for handlers, or to be read with `for await`.
 *
 * A damaged message or a handler that throws is reported and never ends it.
 * @throws InvalidOptionError at construction, for an option that is wrong.
 */
export class ZeroMqLogReceiver implements AsyncDisposable {
  readonly #open: () => Promise<Pull | Subscriber>;
  readonly #handlers: readonly LogHandler[];
  readonly #problems: ProblemReporter;
  readonly #messages: MessageReader;
  #handlerErrors = 0;
  #socket: Promise<Pull | Subscriber> | undefined;
  #endpoint: string | undefined;
  #isRead = false;
  #closed: Promise<void> | undefined;

  constructor(options: ZeroMqLogReceiverOptions = {}) {
    checkOptionsObject(options, '');
    const settings = receiverSocketSettings(options);
    this.#open = () => openReceiverSocket(settings);
    this.#handlers = handlersOption(options.handlers);
    this.#problems = new ProblemReporter(functionOption('onProblem', options.onProblem));
    this.#messages = new MessageReader({
      encoding: encodingOption(options),
      maxBytes: settings.maxMessageBytes,
      problems: this.#problems,
      onGap: functionOption('onGap', options.onGap),
    });
  }

  /** Where it is bound or connected, with the port that was free; undefined before `start`. */
  get endpoint(): string | undefined {
    return this.#endpoint;
  }

  /** What came in since the start. */
  stats(): ReceiverStats {
    return { ...this.#messages.stats, handlerErrors: this.#handlerErrors };
  }

  /**
   * Binds or connects, and serves the handlers if there are any. Rejects when the address cannot be bound;
   * then it may be called again.
   */
  async start(): Promise<void> {
    await this.#start();
    if (this.#handlers.length === 0 || this.#isRead) return;
    this.#serve().catch((error: unknown) => this.#problems.ended(error));
  }

  /** The records as they come, until `close`; without handlers only. */
  [Symbol.asyncIterator](): AsyncGenerator<ReceivedLog, void, undefined> {
    if (this.#handlers.length > 0) {
      throw new Error('The records go to the handlers: leave them out to read with `for await`');
    }
    return this.#read();
  }

  /** Ends it and frees its port. Idempotent. Never rejects. */
  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #start(): Promise<Pull | Subscriber> {
    if (this.#closed !== undefined) return Promise.reject(new Error('The receiver is closed'));
    this.#socket ??= this.#open().then(
      (socket) => {
        this.#endpoint = socket.lastEndpoint ?? undefined;
        return socket;
      },
      (error: unknown) => {
        this.#socket = undefined;
        throw error;
      },
    );
    return this.#socket;
  }

  async #close(): Promise<void> {
    const socket = await this.#socket?.catch(() => undefined);
    if (socket !== undefined) await closeSocket(socket, 0);
  }

  async #serve(): Promise<void> {
    for await (const data of this.#read()) {
      for (const handler of this.#handlers) {
        try {
          if (await handler.match(data)) await handler.handle(data);
        } catch (thrown) {
          this.#handlerErrors += 1;
          const error =
            thrown instanceof Error ? thrown : new Error('A handler threw', { cause: thrown });
          this.#problems.report({ kind: 'handler', error, topic: data.topic });
        }
      }
    }
  }

  async *#read(): AsyncGenerator<ReceivedLog, void, undefined> {
    if (this.#isRead) throw new Error('The receiver is being read already');
    if (this.#closed !== undefined) return;
    this.#isRead = true;
    try {
      const socket = await this.#start();
      for (;;) {
        const frames = await receive(socket);
        if (frames === undefined) break;
        yield* this.#messages.read(frames);
      }
      yield* this.#messages.end();
    } finally {
      this.#isRead = false;
    }
  }
}

/** The next message, or nothing when the socket is closed. */
async function receive(socket: Pull | Subscriber): Promise<Buffer[] | undefined> {
  if (socket.closed) return undefined;
  try {
    return await socket.receive();
  } catch (error) {
    if (socket.closed) return undefined;
    throw error;
  }
}

function handlersOption(handlers: readonly LogHandler[] = []): readonly LogHandler[] {
  const areHandlers =
    Array.isArray(handlers) &&
    handlers.every(
      (handler) => typeof handler?.match === 'function' && typeof handler?.handle === 'function',
    );
  if (areHandlers) return handlers;
  throw new InvalidOptionError(
    `Expected \`handlers\` to be an array of objects with \`match\` and \`handle\`, got ${shownOption(handlers)}`,
  );
}

function encodingOption({ encoding }: ZeroMqLogReceiverOptions): EncodingName | undefined {
  return encoding === undefined
    ? undefined
    : choiceOption('encoding', encoding, ENCODING_NAMES, 'json');
}
