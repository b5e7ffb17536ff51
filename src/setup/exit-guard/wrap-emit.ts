import type { ProcessPort } from './process-port.ts';

/** Runs in place of the listeners of an event; `proceed` calls them. */
export type AroundEvent = (proceed: () => boolean) => boolean;

/**
 * Stands around all listeners of an event, whenever they were added: a listener can only stand in a row with
 * them. Answers how to take it away.
 */
export function wrapEmit(
  port: ProcessPort,
  around: Readonly<Record<string, AroundEvent>>,
): () => void {
  const isOwn = Object.hasOwn(port, 'emit');
  const original = port.emit;
  let isActive = true;
  const wrapped: typeof original = (event: string | symbol, ...args: unknown[]) => {
    const step = isActive && typeof event === 'string' ? around[event] : undefined;
    // Of the other events it shows in no more than one line of a stack trace.
    if (step === undefined) return original.call(port, event, ...args);
    return step(() => original.call(port, event, ...args));
  };
  port.emit = wrapped;
  return () => {
    isActive = false;
    // Others may have wrapped it since; then ours stays inside theirs and does nothing.
    if (port.emit !== wrapped) return;
    if (isOwn) port.emit = original;
    else Reflect.deleteProperty(port, 'emit');
  };
}
