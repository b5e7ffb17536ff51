import { delimiter, dirname, join } from 'node:path';
import { type Output, run } from './run.ts';
import { folderPath } from './scratch.ts';
import { nodePath } from './tools.ts';

/** Runs one of the apps in a folder, with the Node options and the environment that it needs. */
export function runApp(
  nodeVersion: string,
  folderName: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Output> {
  const cwd = folderPath(folderName);
  return run(nodePath(nodeVersion), args, {
    cwd,
    env: { ...environment(nodeVersion, cwd), ...env },
  });
}

/** Runs a command that the installation has made. */
export function runInstalled(
  nodeVersion: string,
  folderName: string,
  command: string,
  args: readonly string[],
): Promise<Output> {
  const cwd = folderPath(folderName);
  const file = join(cwd, 'node_modules/.bin', command);
  return run(file, args, { cwd, env: environment(nodeVersion, cwd) });
}

/** Nothing of the machine's own settings, least of all its AWS account. */
function environment(nodeVersion: string, home: string): Record<string, string> {
  return {
    PATH: [dirname(nodePath(nodeVersion)), process.env['PATH']].join(delimiter),
    HOME: home,
    // What the cells compile is the same again and again.
    NODE_COMPILE_CACHE: folderPath(`compiled-${nodeVersion}`),
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  };
}
