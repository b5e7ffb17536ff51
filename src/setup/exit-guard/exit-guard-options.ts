/**
 * How long the end of the process may wait for logs, in milliseconds: below the 10 s after which Docker
 * (`docker stop`) and Cloud Run kill.
 */
export const EXIT_FLUSH_MILLIS = 8_000;

export interface ExitGuardOptions {
  /**
   * Sends everything that was logged so far and closes nothing: the application may go on. Never rejects.
   *
   * `maxMillis` is the time that is left. What takes longer is no longer waited for; it should let go of the
   * process by then, or an application that ends its own work on a signal ends later.
   */
  readonly flush: (maxMillis: number) => Promise<void>;
  /**
   * Waits until sockets have handed over what they were given (ZeroMQ), after a complete flush, when the end
   * of the process is certain. What is logged afterwards must still be in `takeRemainder`. Never rejects.
   */
  readonly close?: () => Promise<void>;
  /** How many records were logged since the start: it grows with each one. */
  readonly countLogged: () => number;
  /**
   * Gives up what is neither delivered nor on disk and hands it out, each record once, as JSON lines without
   * the newline. It may be called more than once: with process id 1 a process survives its signal.
   */
  readonly takeRemainder: () => Iterable<string>;
  /** Calls `task` behind each record that is logged from now on, until the function is called that it answers. */
  readonly onLogged?: (task: () => void) => () => void;
  /** The most that the end of the process is delayed, in milliseconds. Default `EXIT_FLUSH_MILLIS`. */
  readonly flushMillis?: number;
}
