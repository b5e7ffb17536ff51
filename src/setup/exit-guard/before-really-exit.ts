const REALLY_EXIT = 'reallyExit';

/**
 * Runs `task` when `work` ends the process itself: `process.exit` in a listener of `exit` emits nothing once more
 * and does not come back. It calls `process.reallyExit`, which is there to be replaced (lib/internal/process/per_thread.js).
 */
export function beforeReallyExit<T>(port: object, task: () => void, work: () => T): T {
  const original: unknown = Reflect.get(port, REALLY_EXIT);
  if (typeof original !== 'function') return work();
  const replacement = (...args: unknown[]): unknown => {
    task();
    return Reflect.apply(original, port, args);
  };
  Reflect.set(port, REALLY_EXIT, replacement);
  try {
    return work();
  } finally {
    // Others may have replaced it since; what is theirs stays.
    if (Reflect.get(port, REALLY_EXIT) === replacement) Reflect.set(port, REALLY_EXIT, original);
  }
}
