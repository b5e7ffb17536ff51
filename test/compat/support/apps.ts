/** What the folders get to run and to compile. */
export const apps: readonly URL[] = [
  new URL('../apps/deliver.cjs', import.meta.url),
  new URL('../apps/deliver.mjs', import.meta.url),
  new URL('../apps/deliver-everywhere.cjs', import.meta.url),
  new URL('../apps/log-with-api.mjs', import.meta.url),
  new URL('../apps/log-with-pino.cjs', import.meta.url),
  new URL('../apps/log-with-pino.mjs', import.meta.url),
  new URL('../apps/use-options.ts', import.meta.url),
  new URL('../apps/use-without-peers.mjs', import.meta.url),
];
