// `npm run demo`: a real service, real requests, real clients; only the cloud is local.
import { parseArgs } from 'node:util';

const USAGE = 'Usage: npm run demo [-- --keep [--port <number>]]\n';

process.exitCode = await runDemo();

/** Once through; with `--keep` until Ctrl-C, with a page. */
async function runDemo(): Promise<number> {
  const options = readOptions();
  if (options === undefined) {
    process.stderr.write(USAGE);
    return 2;
  }
  if (options.keep) {
    const { keepRunning } = await import('../play/keep-running.ts');
    return keepRunning(options.port);
  }
  const { runOnce } = await import('./run-once.ts');
  return runOnce();
}

function readOptions(): { readonly keep: boolean; readonly port: number } | undefined {
  try {
    const { values } = parseArgs({
      options: { keep: { type: 'boolean', default: false }, port: { type: 'string' } },
    });
    const port = Number(values.port ?? 0);
    const isPort = Number.isInteger(port) && port >= 0 && port <= 65_535;
    // A port is the page's, and there is one only where the demo goes on.
    return isPort && (values.keep || values.port === undefined)
      ? { keep: values.keep, port }
      : undefined;
  } catch {
    return undefined;
  }
}
