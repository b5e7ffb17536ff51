/**
 * How many listeners of each signal belong to `signal-exit`, versions 3 and 4, which many packages bring along:
 * one for each copy that is at work. They only watch as long as there is any other listener, and count
 * themselves in these places to know.
 */
export function countPassiveListeners(): number {
  return (
    countOf(Reflect.get(globalThis, Symbol.for('signal-exit emitter'))) +
    countOf(Reflect.get(process, '__signal_exit_emitter__'))
  );
}

function countOf(emitter: unknown): number {
  if (typeof emitter !== 'object' || emitter === null || !('count' in emitter)) return 0;
  return typeof emitter.count === 'number' ? emitter.count : 0;
}
