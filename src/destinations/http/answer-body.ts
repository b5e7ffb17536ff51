import { systemRuntime } from '../../exporter/runtime.ts';
import type { Clock } from '../../send/clock.ts';
import { HTTP_LIMITS } from './http-limits.ts';

/**
 * The body of an answer while it comes in. Never paused, as it is short or it is cut. Somebody must say once
 * what to do with it, `discard` or `read`, in the turn in which its answer is there.
 */
export class AnswerBody {
  readonly #stop: () => void;
  readonly #clock: Pick<Clock, 'startTimer'>;
  #state: 'coming' | 'whole' | 'lost' = 'coming';
  #pieces: Uint8Array[] = [];
  #bytes = 0;
  #isIgnored = false;
  #onEnd = (): void => {};

  /**
   * @param stop Ends the connection, which brings more than is wanted.
   * @param clock For tests. Default: the system's.
   */
  constructor(stop: () => void, clock: Pick<Clock, 'startTimer'> = systemRuntime) {
    this.#stop = stop;
    this.#clock = clock;
  }

  /** A piece came. */
  add(piece: Uint8Array): void {
    if (this.#state !== 'coming') return;
    this.#bytes += piece.length;
    if (!this.#isIgnored) this.#pieces.push(piece);
    if (this.#isEnough()) this.cut();
  }

  /** The end came. */
  end(): void {
    this.#finish('whole');
  }

  /** The end will not come. */
  lose(): void {
    this.#finish('lost');
  }

  /**
   * Lets come an answer that nobody needs, so that its connection can be used again; a long or slow one is
   * cut. Resolves when it is over, however it ended: the status was told already.
   */
  discard(timeoutMillis: number = HTTP_LIMITS.answerTimeoutMillis): Promise<void> {
    this.#isIgnored = true;
    this.#pieces = [];
    if (this.#isEnough()) this.cut();
    return this.#whenOver(timeoutMillis);
  }

  /** Ends it at once, and its connection with it. */
  cut(): void {
    this.#endAs('whole');
  }

  /** Reads at most `maxAnswerBytes`. Answers nothing when the end was lost or did not come in time. */
  async read(timeoutMillis: number = HTTP_LIMITS.answerTimeoutMillis): Promise<string | undefined> {
    await this.#whenOver(timeoutMillis);
    if (this.#state === 'lost') return undefined;
    const bytes = Buffer.concat(this.#pieces);
    return bytes.subarray(0, HTTP_LIMITS.maxAnswerBytes).toString('utf8');
  }

  #isEnough(): boolean {
    return this.#isIgnored
      ? this.#bytes > HTTP_LIMITS.maxIgnoredAnswerBytes
      : this.#bytes >= HTTP_LIMITS.maxAnswerBytes;
  }

  /** Most answers are over before anybody asks, as they come in one piece: these cost no timer. */
  #whenOver(timeoutMillis: number): Promise<void> {
    if (this.#state !== 'coming') return Promise.resolve();
    return new Promise((resolve) => {
      // Not `AbortSignal.timeout`: nothing takes that back, and each one makes an error in the end.
      const cancel = this.#clock.startTimer(() => this.#endAs('lost'), timeoutMillis);
      this.#onEnd = () => {
        cancel();
        resolve();
      };
    });
  }

  #endAs(state: 'whole' | 'lost'): void {
    if (this.#finish(state)) this.#stop();
  }

  /** False when it was over before. */
  #finish(state: 'whole' | 'lost'): boolean {
    if (this.#state !== 'coming') return false;
    this.#state = state;
    this.#onEnd();
    return true;
  }
}
