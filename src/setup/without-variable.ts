/**
 * Runs `work` while a variable is missing in the environment of the process, for code of others that reads it
 * by itself and does something of its own with it. It is back afterwards, also for child processes.
 */
export function withoutVariable<T>(name: string, work: () => T): T {
  const value = process.env[name];
  if (value === undefined) return work();
  delete process.env[name];
  try {
    return work();
  } finally {
    process.env[name] = value;
  }
}
