import { createHash, randomUUID } from 'node:crypto';
import { sqsLimits } from './sqs-limits.ts';
import type { WireAttributes, WireMessage } from './sqs-message.ts';

/** A message as it is stored. */
export interface SqsMessage {
  readonly queueName: string;
  readonly messageId: string;
  readonly body: string;
  readonly attributes: WireAttributes;
  readonly messageGroupId?: string;
  readonly messageDeduplicationId?: string;
  /** FIFO: grows with each message of the queue. */
  readonly sequenceNumber?: string;
  readonly sentAtMillis: number;
}

/** One queue: what is waiting in it, and which FIFO messages it has seen lately. */
export class LocalQueue {
  readonly name: string;
  /** As `CreateQueue` got them: `MaximumMessageSize`, `ContentBasedDeduplication`. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly #seen: Map<string, SqsMessage> = new Map();
  #sequence = 0;

  constructor(name: string, attributes: Readonly<Record<string, string>> = {}) {
    this.name = name;
    this.attributes = attributes;
  }

  get isFifo(): boolean {
    return this.name.endsWith('.fifo');
  }

  get deduplicatesByContent(): boolean {
    return this.attributes['ContentBasedDeduplication'] === 'true';
  }

  get maxMessageBytes(): number {
    return Number(this.attributes['MaximumMessageSize'] ?? sqsLimits.maxMessageBytes);
  }

  get visibilityTimeoutSeconds(): number {
    const seconds = this.attributes['VisibilityTimeout'];
    return Number(seconds ?? sqsLimits.defaultVisibilityTimeoutSeconds);
  }

  /** The message to store; or, with `isDuplicate`, the one that was stored before for the same id. */
  accept(
    wire: WireMessage,
    nowMillis: number,
  ): { readonly message: SqsMessage; readonly isDuplicate: boolean } {
    const deduplicationId = this.isFifo ? this.#deduplicationId(wire) : undefined;
    const perGroup = this.attributes['DeduplicationScope'] === 'messageGroup';
    const key = `${perGroup ? wire.MessageGroupId : ''}\n${deduplicationId}`;
    const earlier = this.#seen.get(key);
    const windowStart = nowMillis - sqsLimits.deduplicationWindowMillis;
    if (
      deduplicationId !== undefined &&
      earlier !== undefined &&
      earlier.sentAtMillis > windowStart
    ) {
      return { message: earlier, isDuplicate: true };
    }
    const message = this.#newMessage(wire, deduplicationId, nowMillis);
    if (deduplicationId !== undefined) this.#seen.set(key, message);
    return { message, isDuplicate: false };
  }

  #newMessage(
    wire: WireMessage,
    deduplicationId: string | undefined,
    sentAtMillis: number,
  ): SqsMessage {
    this.#sequence += 1;
    const group = wire.MessageGroupId;
    return {
      queueName: this.name,
      messageId: randomUUID(),
      body: wire.MessageBody,
      attributes: wire.MessageAttributes ?? {},
      ...(group === undefined ? {} : { messageGroupId: group }),
      ...(deduplicationId === undefined ? {} : { messageDeduplicationId: deduplicationId }),
      ...(this.isFifo ? { sequenceNumber: String(this.#sequence).padStart(20, '0') } : {}),
      sentAtMillis,
    };
  }

  // Content-based deduplication looks at the body only, never at the attributes.
  #deduplicationId(wire: WireMessage): string | undefined {
    if (wire.MessageDeduplicationId !== undefined) return wire.MessageDeduplicationId;
    if (!this.deduplicatesByContent) return undefined;
    return createHash('sha256').update(wire.MessageBody).digest('hex');
  }
}
