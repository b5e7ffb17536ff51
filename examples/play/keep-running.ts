import { rmSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startLocalServices } from 'collectorless/testing';
import { print } from '../demo/print-report.ts';
import { environmentLines, type PlayCommand, playCommands } from './commands.ts';
import { FAULTS } from './fault-switches.ts';
import { PageServerError, startPageServer } from './page-server.ts';
import { runPlayedApp } from './played-app.ts';
import { openPlayground } from './playground.ts';
import { printAccount } from './print-account.ts';
import { MAX_REQUESTS_PER_SECOND } from './steady-traffic.ts';

const TICK_MILLIS = 500;
/** After Ctrl-C what waits is still delivered. */
const MAX_DRAIN_MILLIS = 15_000;

/**
 * Runs the demo until Ctrl-C, with a page to look at and to switch faults. Answers the exit code.
 *
 * @param port Of the page; 0 for a free one.
 */
export async function keepRunning(port: number): Promise<number> {
  try {
    return await runUntilInterrupted(port);
  } catch (error) {
    if (!(error instanceof PageServerError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
}

async function runUntilInterrupted(port: number): Promise<number> {
  const interrupted = interruption();
  await using services = await startLocalServices({ zeromq: true });
  await using directory = await makeTemporaryDirectory();
  const spoolDirectory = join(directory.path, 'spool');
  await using app = await runPlayedApp(services, spoolDirectory, (line) =>
    print(`the app told: ${line}\n`),
  );
  await using playground = openPlayground(services, app);
  const html = await readFile(new URL('./page.html', import.meta.url), 'utf8');
  const page = await startPageServer(html, port, playground.controls);

  const settings = join(directory.path, 'settings.sh');
  await writeFile(settings, environmentLines(services));
  const commands = playCommands(services, page.url, settings);
  const fixed = { commands, titles: FAULTS, maxRate: MAX_REQUESTS_PER_SECOND };
  const timer = setInterval(() => page.publish({ ...playground.look(), ...fixed }), TICK_MILLIS);
  print(greeting(page.url, commands));

  // The app ends by itself only when something is wrong.
  await Promise.race([interrupted, app.ended]);
  print('\nOne moment: the faults are lifted, and what waits is delivered.\n\n');
  await playground.drain(MAX_DRAIN_MILLIS, (trouble) => print(`${trouble}\n`));
  clearInterval(timer);
  await page.close();
  await app.stop();
  await playground.settle(app.lineCount);
  return printAccount(playground, services, app.lineCount) ? 0 : 1;
}

function greeting(url: string, commands: readonly PlayCommand[]): string {
  return [
    `\nOpen ${url} to see logs arrive, and to switch faults. Ctrl-C ends it.\n`,
    '\nTo play in another terminal, in this folder:\n\n',
    ...commands.map(({ purpose, text }) => `  # ${purpose}\n  ${text}\n`),
    '\n',
  ].join('');
}

/** Resolves at the first signal. A second one ends everything at once. */
function interruption(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let count = 0;
  const onSignal = (): void => {
    count += 1;
    if (count > 1) process.exit(130);
    resolve();
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  return promise;
}

async function makeTemporaryDirectory(): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await mkdtemp(join(tmpdir(), 'collectorless-play-'));
  // A second signal waits for nothing.
  process.once('exit', () => rmSync(path, { recursive: true, force: true }));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}
