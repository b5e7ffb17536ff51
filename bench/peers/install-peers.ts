import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const lock = new URL('package-lock.json', import.meta.url);
const installedLock = new URL('node_modules/.installed-lock.json', import.meta.url);

/** Installs what the lock beside this file names, unless exactly that is there already. */
export function installPeers(): void {
  const wanted = readFileSync(lock, 'utf8');
  if (existsSync(installedLock) && readFileSync(installedLock, 'utf8') === wanted) return;
  execFileSync('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: fileURLToPath(new URL('.', import.meta.url)),
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  writeFileSync(installedLock, wanted);
}
