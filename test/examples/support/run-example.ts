import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { LocalServices } from 'collectorless/testing';
import { packageRoot } from '../../packaging/support/package-root.ts';

/**
 * Runs a file of `examples` as a user does: in a process of its own, with the built package and the AWS
 * settings in the environment. Answers what it wrote; rejects when it fails.
 */
export async function runExample(
  name: string,
  options: {
    readonly services?: LocalServices;
    readonly args?: readonly string[];
    readonly environment?: Readonly<Record<string, string>>;
  } = {},
): Promise<{ readonly stdout: string; readonly stderr: string }> {
  if (!existsSync(join(packageRoot, 'dist'))) {
    throw new Error('These tests read the built package: `npm run build` first, or `npm test`.');
  }
  const file = join(packageRoot, 'examples', name);
  const env = {
    PATH: process.env['PATH'],
    ...awsEnvironment(options.services),
    ...options.environment,
  };
  return promisify(execFile)(process.execPath, [file, ...(options.args ?? [])], { env });
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
