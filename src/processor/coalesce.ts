/**
 * A task of which one runs at a time and at most one waits: a call that comes during a run is served by one
 * further run, which begins after it and so sees all that was there before the call.
 *
 * @param task Never rejects.
 */
export function coalesce(task: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  const start = (): Promise<void> => {
    running = task().then(() => {
      running = undefined;
    });
    return running;
  };
  return () => {
    if (next !== undefined) return next;
    if (running === undefined) return start();
    next = running.then(() => {
      next = undefined;
      return start();
    });
    return next;
  };
}
