import { type Decoder, decodeJsonLines } from '../decode-json-lines.ts';
import { dropFirst } from '../drop-first.ts';
import { isQueueName } from './is-queue-name.ts';
import { LocalQueue, type SqsMessage } from './local-queue.ts';
import { VisibleMessages } from './visible-messages.ts';

/** What there is at the local SQS before the first call. */
export interface LocalSqsOptions {
  /** The queues there are, with their attributes. Default: every name exists; `.fifo` ones are FIFO. */
  readonly queues?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** False counts what arrives and forgets it, for long runs. Default true. */
  readonly keepMessages?: boolean;
}

/** What arrived at the local SQS. */
export class LocalSqs {
  /** Every stored message in the order of arrival, received and deleted ones too. */
  readonly messages: SqsMessage[] = [];
  messageCount = 0;
  /** Bytes of the bodies. */
  byteCount = 0;
  readonly #baseUrl: () => string;
  readonly #queues: Map<string, LocalQueue> = new Map();
  readonly #visible: Map<string, VisibleMessages> = new Map();
  readonly #deleted: Set<string> = new Set();
  readonly #isOpen: boolean;
  readonly #keep: boolean;
  readonly #decode: Decoder;

  constructor(
    baseUrl: () => string,
    options: LocalSqsOptions = {},
    decode: Decoder = decodeJsonLines,
  ) {
    this.#decode = decode;
    this.#baseUrl = baseUrl;
    this.#isOpen = options.queues === undefined;
    this.#keep = options.keepMessages ?? true;
    for (const [name, attributes] of Object.entries(options.queues ?? {})) {
      this.createQueue(name, attributes);
    }
  }

  get bodies(): string[] {
    return this.messages.map(({ body }) => body);
  }

  /** What the bodies hold, by the option `decode`; base64 ones as bytes. */
  get decoded(): unknown[] {
    return this.messages.flatMap((message) => this.#decode(bytesOf(message)));
  }

  queueUrl(name: string): string {
    return `${this.#baseUrl()}/000000000000/${name}`;
  }

  createQueue(name: string, attributes: Readonly<Record<string, string>> = {}): LocalQueue {
    const queue = new LocalQueue(name, attributes);
    this.#deleted.delete(name);
    this.#queues.set(name, queue);
    return queue;
  }

  deleteQueue(name: string): void {
    this.#queues.delete(name);
    this.#visible.delete(name);
    this.#deleted.add(name);
  }

  /** The queue of a name, or of the last part of an address. */
  queue(nameOrUrl: string): LocalQueue | undefined {
    const name = nameOrUrl.slice(nameOrUrl.lastIndexOf('/') + 1);
    const queue = this.#queues.get(name);
    if (queue !== undefined || !this.#isOpen || this.#deleted.has(name)) return queue;
    return isQueueName(name) ? this.createQueue(name) : undefined;
  }

  /** What a reader of the queue would get. */
  visible(queueName: string): VisibleMessages {
    let visible = this.#visible.get(queueName);
    if (visible === undefined) {
      visible = new VisibleMessages();
      this.#visible.set(queueName, visible);
    }
    return visible;
  }

  /** Forgets the messages, not the queues. */
  clear(): void {
    this.messages.length = 0;
    this.messageCount = 0;
    this.byteCount = 0;
    for (const visible of this.#visible.values()) visible.clear();
  }

  /** Forgets the messages that were sent before this time, unread ones too; their counts stay. */
  forgetBefore(millis: number): void {
    dropFirst(this.messages, ({ sentAtMillis }) => sentAtMillis < millis);
    for (const visible of this.#visible.values()) visible.forgetBefore(millis);
  }

  /** Takes a message in, as the service does after its checks. */
  store(message: SqsMessage, delaySeconds: number): void {
    this.messageCount += 1;
    this.byteCount += Buffer.byteLength(message.body);
    if (!this.#keep) return;
    this.messages.push(message);
    this.visible(message.queueName).add(message, delaySeconds);
  }
}

// A body that is no text travels as base64, and its attributes say what it is.
function bytesOf({ body, attributes }: SqsMessage): Buffer {
  const isBase64 =
    attributes['content-encoding'] !== undefined ||
    /msgpack|octet-stream/.test(attributes['content-type']?.StringValue ?? '');
  return Buffer.from(body, isBase64 ? 'base64' : 'utf8');
}
