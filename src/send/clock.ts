/** A longer wait of a Node.js timer would be over at once (`setTimeout`). */
export const MAX_TIMER_MILLIS = 2_147_483_647;

/** Time as the sending side needs it; handed in, so that tests need no waiting. */
export interface Clock {
  /** Milliseconds that only ever grow, whatever is done to the computer's date. */
  monotonicMillis(): number;
  /** Runs `task` once after `delayMillis`; the answer cancels it. Never keeps the process alive. */
  startTimer(task: () => void, delayMillis: number): () => void;
}
