import { randomUUID } from 'node:crypto';
import { dropFirst } from '../drop-first.ts';
import type { SqsMessage } from './local-queue.ts';

interface Waiting {
  readonly message: SqsMessage;
  readonly visibleAtMillis: number;
  receiptHandle: string;
  hiddenUntilMillis: number;
  receiveCount: number;
}

export interface ReceivedMessage {
  readonly message: SqsMessage;
  readonly receiptHandle: string;
  readonly receiveCount: number;
}

/** What readers of a queue see: a received message hides until it is deleted or its time is over. */
export class VisibleMessages {
  #waiting: Waiting[] = [];
  readonly #listeners: Set<() => void> = new Set();

  get count(): number {
    return this.#waiting.length;
  }

  add(message: SqsMessage, delaySeconds: number): void {
    this.#waiting.push({
      message,
      visibleAtMillis: message.sentAtMillis + delaySeconds * 1_000,
      receiptHandle: '',
      hiddenUntilMillis: 0,
      receiveCount: 0,
    });
    for (const listener of this.#listeners) listener();
  }

  receive(max: number, hideMillis: number, nowMillis: number): ReceivedMessage[] {
    const blockedGroups = new Set<string>();
    const received: ReceivedMessage[] = [];
    for (const waiting of this.#waiting) {
      if (received.length >= max) break;
      const group = fifoGroup(waiting.message);
      if (group !== undefined && blockedGroups.has(group)) continue;
      if (waiting.hiddenUntilMillis > nowMillis || waiting.visibleAtMillis > nowMillis) {
        // A FIFO group is read one after the other: what follows a message in flight waits for it.
        if (group !== undefined) blockedGroups.add(group);
        continue;
      }
      waiting.receiptHandle = randomUUID();
      waiting.hiddenUntilMillis = nowMillis + hideMillis;
      waiting.receiveCount += 1;
      const { message, receiptHandle, receiveCount } = waiting;
      received.push({ message, receiptHandle, receiveCount });
    }
    return received;
  }

  /** Answers false for a handle that was never given out. */
  delete(receiptHandle: string): boolean {
    const index = this.#waiting.findIndex((waiting) => waiting.receiptHandle === receiptHandle);
    if (index >= 0) this.#waiting.splice(index, 1);
    return index >= 0;
  }

  forgetBefore(millis: number): void {
    dropFirst(this.#waiting, ({ message }) => message.sentAtMillis < millis);
  }

  clear(): void {
    this.#waiting = [];
  }

  /** Resolves when a message comes, after `waitMillis`, or when `signal` aborts. */
  async arrival(waitMillis: number, signal: AbortSignal): Promise<void> {
    let wake: (() => void) | undefined;
    const woken = new Promise<void>((resolve) => {
      wake = resolve;
    });
    const listener = (): void => wake?.();
    const timer = setTimeout(listener, waitMillis);
    this.#listeners.add(listener);
    signal.addEventListener('abort', listener, { once: true });
    await woken;
    clearTimeout(timer);
    this.#listeners.delete(listener);
    signal.removeEventListener('abort', listener);
  }
}

function fifoGroup(message: SqsMessage): string | undefined {
  return message.sequenceNumber === undefined ? undefined : message.messageGroupId;
}
