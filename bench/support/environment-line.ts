import { availableParallelism, cpus } from 'node:os';

/** Where and when a run took place: Node, V8, processors, system, day. */
export function environmentLine(now: Date = new Date()): string {
  const { node, v8 } = process.versions;
  const model = cpus()[0]?.model.trim() || 'unknown processor';
  const cores = `${availableParallelism()} × ${model}`;
  return `Node ${node} (V8 ${v8}), ${cores}, ${process.platform} ${process.arch}, ${now.toISOString().slice(0, 10)}`;
}
