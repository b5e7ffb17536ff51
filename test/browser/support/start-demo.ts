import { existsSync } from 'node:fs';
import type { TestProject } from 'vitest/node';
import { BROWSER_PATH } from './browser-path.ts';
import { startKeptDemo } from './kept-demo.ts';

declare module 'vitest' {
  interface ProvidedContext {
    pageUrl: string;
    commands: readonly string[];
  }
}

/** Starts the demo that all files look at, and ends it as Ctrl-C does. */
export async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  if (!existsSync(BROWSER_PATH)) {
    throw new Error(
      `There is no browser at ${BROWSER_PATH}: install Debian's package chromium, or name one by CHROMIUM_PATH.`,
    );
  }
  const demo = await startKeptDemo();
  provide('pageUrl', demo.url);
  provide('commands', demo.commands);
  return async () => {
    const { exitCode } = await demo.end('SIGINT');
    if (exitCode !== 0) throw new Error(`The demo ended with ${exitCode}:\n${demo.output()}`);
  };
}
