import type { Clock } from '../send/clock.ts';

export { MAX_TIMER_MILLIS } from '../send/clock.ts';

/** The outside world as the exporter needs it; handed in, so that tests rule over time and chance. */
export interface Runtime extends Clock {
  /** Unix time in milliseconds, as the computer's date has it. */
  wallMillis(): number;
  /** Between 0 and 1. */
  random(): number;
  /** Runs `task` after what is due now, so that the application gets its turn. */
  defer(task: () => void): void;
  /** Keeps the process alive until the answer is called, at most `maxMillis`. */
  holdProcess(maxMillis: number): () => void;
}

/** Globals are read at each call, so that fake timers work whenever they are installed. */
export const systemRuntime: Runtime = {
  monotonicMillis: () => performance.now(),
  wallMillis: () => Date.now(),
  random: () => Math.random(),
  startTimer(task, delayMillis) {
    const timer = setTimeout(task, delayMillis);
    timer.unref?.();
    return () => clearTimeout(timer);
  },
  defer(task) {
    setImmediate(task);
  },
  holdProcess(maxMillis) {
    const timer = setTimeout(() => {}, maxMillis);
    return () => clearTimeout(timer);
  },
};

/** The same runtime, in which a task that throws is told of and does not end the application. */
export function withoutUncaught(runtime: Runtime, onBug: (error: unknown) => void): Runtime {
  const guard = (task: () => void) => (): void => {
    try {
      task();
    } catch (error) {
      onBug(error);
    }
  };
  return {
    monotonicMillis: () => runtime.monotonicMillis(),
    wallMillis: () => runtime.wallMillis(),
    random: () => runtime.random(),
    startTimer: (task, delayMillis) => runtime.startTimer(guard(task), delayMillis),
    defer: (task) => runtime.defer(guard(task)),
    holdProcess: (maxMillis) => runtime.holdProcess(maxMillis),
  };
}
