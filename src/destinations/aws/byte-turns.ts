import { nextTurn } from './next-turn.ts';

/** About a millisecond of writing base64. */
export const BYTES_A_TURN: number = 1024 * 1024;
/** An application whose turns take longer is not noticeably slowed by more, and its records must not wait for ever. */
const LONG_TURN_MILLIS = 8;

/** Parts the making of a long body: what does not fit one turn of the event loop goes on in another. */
export class ByteTurns {
  readonly #signal: AbortSignal;
  readonly #nextTurn: () => Promise<number>;
  #maxBytes: number;
  #bytes = 0;

  /**
   * @param signal Ends it between two turns.
   * @param waitedMillis How long the first turn was waited for.
   * @param toNextTurn Resolves in the next turn, with the time until then. Default: the event loop's.
   */
  constructor(
    signal: AbortSignal,
    waitedMillis: number,
    toNextTurn: () => Promise<number> = nextTurn,
  ) {
    this.#signal = signal;
    this.#nextTurn = toNextTurn;
    this.#maxBytes = maxBytesAfter(waitedMillis);
  }

  /** False when so many bytes are for the next turn; a piece that is larger has one for itself. */
  hasRoomFor(bytes: number): boolean {
    return this.#bytes === 0 || this.#bytes + bytes <= this.#maxBytes;
  }

  add(bytes: number): void {
    this.#bytes += bytes;
  }

  /** @throws The signal's reason once it is aborted. */
  async next(): Promise<void> {
    this.#maxBytes = maxBytesAfter(await this.#nextTurn());
    this.#signal.throwIfAborted();
    this.#bytes = 0;
  }
}

function maxBytesAfter(waitedMillis: number): number {
  return BYTES_A_TURN * Math.max(1, waitedMillis / LONG_TURN_MILLIS);
}
