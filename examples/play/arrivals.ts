import type { LocalServices, RecordedRequest } from 'collectorless/testing';
import { destinations, type NamedDestination } from '../demo/destinations.ts';
import { isSending } from './fault-switches.ts';
import { type LogLine, readLogLines } from './log-line.ts';
import type { ObservedRequest } from './page-model.ts';

/** What came to a destination since the last look. */
export interface Arrived {
  readonly destination: NamedDestination;
  readonly lines: readonly LogLine[];
  readonly requests: readonly ObservedRequest[];
}

/** So long the local services keep what arrived, for `tail` and `decode`. */
const KEEP_MILLIS = 60_000;
const FORGET_EVERY_MILLIS = 10_000;

/** Looks at the local services again and again, and lets them forget what is old. */
export class Arrivals {
  readonly #services: LocalServices;
  readonly #seenCounts = new Map<string, number>();
  #seenRequests = 0;
  #forgottenAtMillis = Date.now();

  constructor(services: LocalServices) {
    this.#services = services;
  }

  /** What is new since the last call, for each destination. */
  take(): Arrived[] {
    const requests = this.#services.requests.slice(this.#seenRequests);
    const arrived = destinations.map((destination) => this.#takeOf(destination, requests));
    this.#seenRequests += requests.length;
    // Only now: what is forgotten was seen.
    this.#forget();
    return arrived;
  }

  /** What a destination still holds. */
  stored(destination: NamedDestination): readonly string[] {
    return destination.played.storedTexts(this.#services, 0);
  }

  #takeOf(destination: NamedDestination, requests: readonly RecordedRequest[]): Arrived {
    const { name, played } = destination;
    const { storedAs, wireBytesPerByte = 1 } = played;
    const seenCount = this.#seenCounts.get(name) ?? 0;
    const storedTexts = played.storedTexts(this.#services, seenCount);
    this.#seenCounts.set(name, seenCount + storedTexts.length);
    const own = requests.filter(({ service }) => service === name);
    const linesOfEach = storedTexts.map(readLogLines);
    return {
      destination,
      lines: linesOfEach.flat(),
      requests:
        storedAs === 'requests'
          ? storedTexts.map((text, index) =>
              requestOf(Buffer.byteLength(text), linesOfEach[index]?.length ?? 0, own[index]),
            )
          : own
              .filter(({ operation }) => isSending(operation))
              .map((one) => ({ ...one, bytes: one.bytes / wireBytesPerByte, isAnswered: true })),
    };
  }

  #forget(): void {
    const nowMillis = Date.now();
    if (nowMillis - this.#forgottenAtMillis < FORGET_EVERY_MILLIS) return;
    this.#forgottenAtMillis = nowMillis;
    this.#services.forgetBefore(nowMillis - KEEP_MILLIS);
    for (const destination of destinations) {
      this.#seenCounts.set(destination.name, this.stored(destination).length);
    }
    this.#seenRequests = this.#services.requests.length;
  }
}

/** Without a recorded one it is a message of ZeroMQ, which nobody answers. */
function requestOf(
  bytes: number,
  entries: number,
  recorded: RecordedRequest | undefined,
): ObservedRequest {
  if (recorded === undefined) {
    return { entries, bytes, receivedAtMillis: Date.now(), status: undefined, isAnswered: false };
  }
  return { ...recorded, entries, bytes: bytes === 0 ? recorded.bytes : bytes, isAnswered: true };
}
