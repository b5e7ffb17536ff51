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

/** From now on every write to a file fails with EFBIG, or as before. */
export function limitFileSize(pid: number, isLimited: boolean): void {
  const soft = isLimited ? '1' : 'unlimited';
  execFileSync('prlimit', ['--pid', `${pid}`, `--fsize=${soft}:`], { stdio: 'pipe' });
}
