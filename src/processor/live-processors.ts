import type { BatchProcessor } from './batch-processor.ts';

/** One list for the process, also where the ESM and the CJS build are both loaded. */
const LIST = Symbol.for('collectorless.live');

type LiveList = Set<WeakRef<BatchProcessor>>;

/** The processors that are not shut down, oldest first. */
export function liveProcessors(): BatchProcessor[] {
  return [...liveList()].flatMap((reference) => reference.deref() ?? []);
}

/** Adds a processor to the list, which does not keep it in memory; the answer takes it off. */
export function registerLive(processor: BatchProcessor): () => void {
  const list = liveList();
  for (const reference of list) if (reference.deref() === undefined) list.delete(reference);
  const reference = new WeakRef(processor);
  list.add(reference);
  return () => list.delete(reference);
}

function liveList(): LiveList {
  const known: unknown = Reflect.get(globalThis, LIST);
  if (known instanceof Set) return known;
  const list: LiveList = new Set();
  Reflect.set(globalThis, LIST, list);
  return list;
}
