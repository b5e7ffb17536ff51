// Loads every subpath of the built package on the Node that runs this file, then sends one record
// through a real exporter. Plain JavaScript, because the oldest supported Node strips no types.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const manifest = require('../package.json');

async function loadEverySubpath() {
  const startsOnImport = manifest.sideEffects || [];
  let count = 0;
  for (const [subpath, conditions] of Object.entries(manifest.exports)) {
    if (typeof conditions === 'string' || startsOnImport.includes(conditions.default.default))
      continue;
    const specifier = `${manifest.name}${subpath.slice(1)}`;
    const names = Object.keys(await import(specifier));
    const required = Object.keys(require(specifier));
    assert.ok(names.length > 0, `${specifier} exports nothing`);
    for (const name of required) assert.ok(names.includes(name), `${specifier}: no ${name} in ESM`);
    count += 1;
  }
  return count;
}

async function deliverOneRecord() {
  const { FirehoseLogRecordExporter } = await import('collectorless/firehose');
  const { createLogRecord, startLocalServices } = await import('collectorless/testing');
  const services = await startLocalServices();
  const exporter = new FirehoseLogRecordExporter({
    deliveryStreamName: 'smoke',
    clientConfig: services.clientConfig,
    acknowledge: 'delivered',
  });
  try {
    const result = await new Promise((done) => exporter.export([createLogRecord()], done));
    assert.equal(result.code, 0, String(result.error));
    await exporter.forceFlush();
    assert.equal(services.firehose.records.length, 1);
    assert.deepEqual(services.violations, []);
  } finally {
    await exporter.shutdown();
    await services.close();
  }
}

const subpaths = await loadEverySubpath();
await deliverOneRecord();
process.stdout.write(`Node ${process.version}: ${subpaths} subpaths load, one record delivered.\n`);
