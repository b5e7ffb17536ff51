import { createRequire } from 'node:module';
import { HttpLogRecordExporter } from '../../../../src/destinations/http/index.ts';

const { cache } = createRequire(import.meta.url);
const isLoaded = (): boolean => Object.keys(cache).some((path) => path.includes('/undici/'));

const exporter = new HttpLogRecordExporter({ url: 'http://127.0.0.1:1' });
const loadedAtOnce = isLoaded();
const start = Date.now();
// Nothing is ever exported.
const look = setInterval(() => {
  if (!isLoaded() && Date.now() - start < 10_000) return;
  clearInterval(look);
  const { exported } = exporter.stats();
  process.stdout.write(JSON.stringify({ loadedAtOnce, loadedLater: isLoaded(), exported }));
}, 5);
