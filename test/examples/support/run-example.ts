import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { LocalServices } from 'collectorless/testing';
import { packageRoot } from '../../packaging/support/package-root.ts';

export interface RunOptions {
  readonly services?: LocalServices;
  readonly args?: readonly string[];
  /** Beside what every example gets. */
  readonly environment?: Readonly<Record<string, string>>;
}

export interface Output {
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a file of `examples` as a user does: in a process of its own, with the built package and the AWS
 * settings in the environment. Answers what it wrote; rejects when it fails.
 */
export function runExample(name: string, options: RunOptions = {}): Promise<Output> {
  const args = [join(packageRoot, 'examples', name), ...(options.args ?? [])];
  return promisify(execFile)(process.execPath, args, processOptions(options));
}

/** Starts a file of `examples` that runs until it is ended. */
export function startExample(name: string, options: RunOptions = {}): ChildProcess {
  return spawn(process.execPath, [join(packageRoot, 'examples', name)], processOptions(options));
}

function processOptions(options: RunOptions): {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
} {
  if (!existsSync(join(packageRoot, 'dist'))) {
    throw new Error('These tests read the built package: `npm run build` first, or `npm test`.');
  }
  const { environment, services } = options;
  return {
    cwd: packageRoot,
    env: { PATH: process.env['PATH'], ...awsEnvironment(services), ...environment },
  };
}

/** The variables that the AWS SDK itself reads, so that the examples hold no address. */
export function awsEnvironment(services: LocalServices | undefined): Record<string, string> {
  if (services === undefined) return {};
  const { credentials, endpoint, region } = services.clientConfig;
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  };
}
