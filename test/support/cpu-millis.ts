/** The processor time that `work` took on all threads: unlike the clock it does not see what else runs. */
export function cpuMillis(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { system, user } = process.cpuUsage(before);
  return (system + user) / 1_000;
}
