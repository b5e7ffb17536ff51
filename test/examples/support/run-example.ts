import { execFile } from 'node:child_process';
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
  return runNode([join(packageRoot, 'examples', name)], options);
}

/** The same for the text of an ES module. */
export function runSource(source: string, options: RunOptions = {}): Promise<Output> {
  return runNode(['--input-type=module', '--eval', source], options);
}

function runNode(args: readonly string[], options: RunOptions): Promise<Output> {
  if (!existsSync(join(packageRoot, 'dist'))) {
    throw new Error('These tests read the built package: `npm run build` first, or `npm test`.');
  }
  const env = {
    PATH: process.env['PATH'],
    ...awsEnvironment(options.services),
    ...options.environment,
  };
  return promisify(execFile)(process.execPath, [...args, ...(options.args ?? [])], {
    cwd: packageRoot,
    env,
  });
}

/** The variables that the AWS SDK itself reads, so that the examples hold no address. */
function awsEnvironment(services: LocalServices | undefined): Record<string, string> {
  if (services === undefined) return {};
  const { credentials, endpoint, region } = services.clientConfig;
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  };
}
