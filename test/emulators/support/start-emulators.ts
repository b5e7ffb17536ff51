import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { Child } from './child.ts';
import type { EmulatorName } from './emulator-names.ts';
import { environment } from './environment.ts';
import { unusedPort } from './unused-port.ts';
import { whenAnswering } from './when-answering.ts';

interface Emulator {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Record<string, string>;
  /** Answers 200 when it is ready. */
  readonly health: string;
}

/** Starts every emulator once for all test files, each on a port of its own; the result stops them. */
export default async function startEmulators(project: TestProject): Promise<() => Promise<void>> {
  await mkdir(environment.scratch, { recursive: true });
  const children: Child[] = [];
  const stop = async (): Promise<void> => {
    process.off('SIGTERM', endNow);
    await Promise.all(children.map((child) => child.stop()));
  };
  // `exit` is where children are killed; a signal alone would skip it.
  process.once('SIGTERM', endNow);
  const start = async (name: EmulatorName): Promise<string> => {
    const port = await unusedPort();
    const { command, args, env = {}, health } = emulators[name](port);
    const child = new Child(command, args, env);
    children.push(child);
    const url = `http://127.0.0.1:${port}`;
    await whenAnswering(`${url}${health}`, child);
    return url;
  };
  try {
    const [moto, ministack, fauxqs] = await Promise.all([
      start('moto'),
      start('ministack'),
      start('fauxqs'),
    ]);
    project.provide('emulators', { moto, ministack, fauxqs });
    return stop;
  } catch (error) {
    await stop();
    throw error;
  }
}

const emulators: Readonly<Record<EmulatorName, (port: number) => Emulator>> = {
  moto: (port) => ({
    command: environment.python,
    args: ['-m', 'moto.server', '-H', '127.0.0.1', '-p', String(port)],
    health: '/moto-api/',
  }),
  ministack: (port) => ({
    command: environment.python,
    args: ['-m', 'ministack'],
    env: {
      BIND_HOST: '127.0.0.1',
      GATEWAY_PORT: String(port),
      // It would open further ports, and look for containers to end.
      SFTP_ENABLED: '0',
      IOT_MTLS_ENABLED: '0',
      DOCKER_HOST: 'unix:///nonexistent',
      TMPDIR: environment.scratch,
    },
    health: '/_ministack/ready',
  }),
  fauxqs: (port) => ({
    command: process.execPath,
    args: [
      fileURLToPath(new URL('run-fauxqs.mjs', import.meta.url)),
      environment.fauxqs,
      String(port),
    ],
    health: '/health',
  }),
};

function endNow(): never {
  process.exit(143);
}
