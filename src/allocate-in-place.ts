/**
 * Fresh memory for several entries, which nobody can transfer: who hands one of them to a worker in that way would take
 * away the others too. That throws instead; before Node.js 24 a stream of bytes still takes it
 * (https://nodejs.org/api/worker_threads.html#workermarkasuntransferableobject).
 */
export function allocateInPlace(bytes: number): Buffer {
  const memory = Buffer.allocUnsafeSlow(bytes);
  // Not imported: most exporters need none of that module, and with it packing took a tenth longer, whatever the reason.
  process.getBuiltinModule('node:worker_threads').markAsUntransferable(memory.buffer);
  return memory;
}
