import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

export interface Output {
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end; rejects with all its output when it fails or does not end by itself. */
export async function run(
  command: string,
  args: readonly string[],
  options: {
    readonly cwd: string;
    readonly env?: Readonly<Record<string, string | undefined>>;
    readonly timeoutMillis?: number;
  },
): Promise<Output> {
  const { cwd, env = process.env, timeoutMillis: timeout = 240_000 } = options;
  try {
    const limits = { timeout, killSignal: 'SIGKILL', maxBuffer: 64 * 1024 * 1024 } as const;
    return await promisify(execFile)(command, args, { cwd, env, ...limits });
  } catch (error) {
    const { killed, stdout = '', stderr = '' } = error as Partial<Output> & { killed?: boolean };
    const end = killed === true ? `did not end within ${timeout} ms` : String(error);
    throw new Error(`${command} ${args.join(' ')}: ${end}\n${stdout}${stderr}`);
  }
}
