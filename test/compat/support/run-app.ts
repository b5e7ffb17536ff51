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
  return run(nodePath(nodeVersion), args, { cwd, env: { ...environment(cwd), ...env } });
}

/** Nothing of the machine's own settings, least of all its AWS account. */
function environment(home: string): Record<string, string | undefined> {
  return {
    PATH: process.env['PATH'],
    HOME: home,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  };
}
