import { execFileSync } from 'node:child_process';

/** Why the limits of a running process cannot be changed here; undefined where they can. */
export function whyNoFileSizeLimit(): string | undefined {
  try {
    execFileSync('prlimit', ['--pid', `${process.pid}`, '--fsize'], { stdio: 'pipe' });
    return undefined;
  } catch {
    return 'the command prlimit is missing or may not be used';
  }
}

/** From now on every write to a file fails with EFBIG, or as before. A process that has ended meanwhile has no limit. */
export function limitFileSize(pid: number, isLimited: boolean): void {
  const soft = isLimited ? '1' : 'unlimited';
  try {
    execFileSync('prlimit', ['--pid', `${pid}`, `--fsize=${soft}:`], { stdio: 'pipe' });
  } catch (error) {
    if (isRunning(pid)) throw error;
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
