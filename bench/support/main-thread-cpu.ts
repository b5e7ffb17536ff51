/**
 * CPU microseconds of the main thread so far, in user code and in the system; of the whole process on a
 * Node older than 23.9, which cannot tell them apart.
 */
export function mainThreadCpuMicros(): number {
  const { user, system } = (process.threadCpuUsage ?? process.cpuUsage).call(process);
  return user + system;
}
