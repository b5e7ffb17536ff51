import { fileURLToPath } from 'node:url';
import type { LiveStats } from 'collectorless';
import type { LocalServices } from 'collectorless/testing';
import { destinations } from '../demo/destinations.ts';
import { type RunningApp, runApp } from '../demo/run-app.ts';

/** The app of the demo with a disk queue, and what it says of itself. */
export interface PlayedApp extends RunningApp, AsyncDisposable {
  /** Lines that it wrote. */
  readonly lineCount: number;
  /** The latest account of its exporters; empty at first. */
  readonly stats: readonly LiveStats[];
}

/** Small, so that an outage at a high rate shows what a full disk queue does. */
const SPOOL_MAX_BYTES = 4 * 1024 * 1024;
/** Soon back after an outage: people watch. */
const RETRY_MAX_BACKOFF_MILLIS = 1_000;

/** @param onTold Takes each line of the app's standard error output: what OpenTelemetry tells of failures. */
export async function runPlayedApp(
  services: LocalServices,
  spoolDirectory: string,
  onTold: (line: string) => void,
): Promise<PlayedApp> {
  let lineCount = 0;
  let stats: readonly LiveStats[] = [];
  const app = await runApp(services, {
    environment: playedEnvironment(spoolDirectory),
    preload: fileURLToPath(new URL('./tell-stats.mjs', import.meta.url)),
    onLine: ({ line }) => {
      lineCount = Math.max(lineCount, line);
    },
    onTold: (text) => {
      for (const line of text.split('\n')) if (line !== '') onTold(line);
    },
    onMessage: (text) => {
      stats = JSON.parse(text);
    },
  });
  return {
    ...app,
    get lineCount() {
      return lineCount;
    },
    get stats() {
      return stats;
    },
    async [Symbol.asyncDispose]() {
      await app.stop();
    },
  };
}

function playedEnvironment(spoolDirectory: string): Record<string, string> {
  return Object.assign(
    {},
    ...destinations.map(({ played: { environment, variablePrefix } }) => ({
      ...environment,
      [`${variablePrefix}SPOOL_DIRECTORY`]: spoolDirectory,
      [`${variablePrefix}SPOOL_MAX_BYTES`]: String(SPOOL_MAX_BYTES),
      [`${variablePrefix}RETRY_MAX_BACKOFF_MILLIS`]: String(RETRY_MAX_BACKOFF_MILLIS),
    })),
  );
}
