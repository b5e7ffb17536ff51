import type { SpoolClock } from '../../../src/spool/spool-clock.ts';

export const systemClock: SpoolClock = {
  wallMillis: () => Date.now(),
  monotonicMillis: () => performance.now(),
  startTimer(task, delayMillis) {
    const timer = setTimeout(task, delayMillis);
    timer.unref();
    return () => clearTimeout(timer);
  },
};
