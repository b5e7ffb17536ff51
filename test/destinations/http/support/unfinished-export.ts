// Exports one record to a service that never answers, and ends: nothing may hold the process.
import { createRequire } from 'node:module';
import { HttpLogRecordExporter } from '../../../../src/destinations/http/index.ts';
import { createLogRecord } from '../../../../src/testing/index.ts';

const isLoaded = (): boolean =>
  Object.keys(createRequire(import.meta.url).cache).some((path) => path.includes('/undici/'));

const exporter = new HttpLogRecordExporter({ url: process.argv[2] ?? '' });
const loadedBefore = isLoaded();
exporter.export([createLogRecord()], () => {});
// Long enough for the request to be on its way; then there is nothing left to do but to wait for it.
setTimeout(() => {
  process.stdout.write(JSON.stringify({ loadedBefore, inFlight: exporter.stats().inFlight }));
}, 500);
