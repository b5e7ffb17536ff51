/** Time as the spool needs it; handed in, so that tests need no waiting. */
export interface SpoolClock {
  /** Unix time in milliseconds, as the computer's date has it. */
  wallMillis(): number;
  /** Milliseconds that only ever grow, whatever is done to the computer's date. */
  monotonicMillis(): number;
  /** Runs `task` once after `delayMillis`; the answer cancels it. Never keeps the process alive. */
  startTimer(task: () => void, delayMillis: number): () => void;
}
