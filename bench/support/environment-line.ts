import { availableParallelism, cpus, loadavg } from 'node:os';

/** Where and when a run took place: Node, V8, processors, system, day, and how busy the machine was. */
export function environmentLine(now: Date = new Date()): string {
  const { node, v8 } = process.versions;
  const model = cpus()[0]?.model.trim() || 'unknown processor';
  const cores = `${availableParallelism()} × ${model}`;
  const system = `${process.platform} ${process.arch}`;
  // A load far above the number of processors says that others were at work, and times mean little.
  const load = `load average ${loadavg()[0]?.toFixed(1)}`;
  return `Node ${node} (V8 ${v8}), ${cores}, ${system}, ${now.toISOString().slice(0, 10)}, ${load}`;
}
