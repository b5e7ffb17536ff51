// node use-without-peers.mjs import|require — every subpath where no optional peer is installed: what needs
// none works, the rest says at its first use what to install.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { diag } from '@opentelemetry/api';

const require = createRequire(import.meta.url);
const load = process.argv[2] === 'require' ? require : (specifier) => import(specifier);

const told = [];
const keep = (text) => told.push(text);
diag.setLogger({ error: keep, warn: keep, info() {}, debug() {}, verbose() {} });

const { DestinationLogRecordExporter } = await load('collectorless');
const { CloudWatchLogRecordExporter } = await load('collectorless/cloudwatch-logs');
const { decodeLogRecords } = await load('collectorless/decode');
const { FirehoseLogRecordExporter } = await load('collectorless/firehose');
const { KinesisLogRecordExporter } = await load('collectorless/kinesis');
const { HttpLogRecordExporter } = await load('collectorless/http');
const { withLogFlush } = await load('collectorless/lambda');
const { SqsLogRecordExporter } = await load('collectorless/sqs');
const { createLogRecord, startLocalServices } = await load('collectorless/testing');
const { ZeroMqLogReceiver, ZeroMqLogRecordExporter } = await load('collectorless/zeromq');

const services = await startLocalServices();
const atOwnDestination = [];
const destination = {
  name: 'memory',
  limits: { maxEntries: 100, maxRequestBytes: 100_000, maxEntryBytes: 10_000 },
  async send({ entries }) {
    for (const { bytes } of entries) atOwnDestination.push(...decodeLogRecords(bytes));
    return { status: 'delivered' };
  },
};

async function exportOne(Exporter, options) {
  const exporter = new Exporter({ ...options, acknowledge: 'delivered' });
  const result = await new Promise((done) => exporter.export([createLogRecord()], done));
  await exporter.shutdown();
  return result;
}

for (const [Exporter, options] of [
  [DestinationLogRecordExporter, { destination }],
  [HttpLogRecordExporter, { url: services.http.url }],
]) {
  const { code, error } = await exportOne(Exporter, options);
  assert.equal(code, 0, String(error));
}
const context = { getRemainingTimeInMillis: () => 10_000 };
assert.equal(await withLogFlush(async (event) => event.answer)({ answer: 42 }, context), 42);
assert.equal(atOwnDestination.length, 1);
assert.equal(services.http.decoded.length, 1);
assert.deepEqual(told, []);

for (const [packageName, Exporter, options] of [
  ['@aws-sdk/client-cloudwatch-logs', CloudWatchLogRecordExporter, {}],
  ['@aws-sdk/client-firehose', FirehoseLogRecordExporter, { deliveryStreamName: 'compat' }],
  ['@aws-sdk/client-kinesis', KinesisLogRecordExporter, { streamName: 'compat' }],
  ['@aws-sdk/client-sqs', SqsLogRecordExporter, { queueName: 'compat' }],
  ['zeromq', ZeroMqLogRecordExporter, { endpoint: 'tcp://127.0.0.1:5010' }],
]) {
  const { code, error } = await exportOne(Exporter, options);
  assert.equal(code, 1);
  assert.equal(error.cause.code, 'ERR_MISSING_PACKAGE');
  const mend = `npm install ${packageName}`;
  assert.ok(error.cause.message.includes(mend), error.cause.message);
  assert.equal(told.filter((text) => text.includes(mend)).length, 1, `diag heard: ${told}`);
}
await assert.rejects(new ZeroMqLogReceiver().start(), { code: 'ERR_MISSING_PACKAGE' });
await assert.rejects(services.startZeroMq(), /zeromq/);

await services.close();
process.stdout.write('each missing package was told\n');
