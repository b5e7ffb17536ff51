// The body of the two apps beside it: what they have imported or required comes in as `packages`.
const assert = require('node:assert/strict');
const { setTimeout } = require('node:timers/promises');

const BODIES = ['first', 'second', 'third'];
// Each of them once through the processor of the SDK and once through ours.
const ARRIVED = BODIES.flatMap((body) => [body, body]);

/** Logs through every exporter and finds each record, once, where it was sent. */
exports.deliverEverywhere = async (packages) => {
  const { logs, SeverityNumber, sdkLogs, collectorless, decode, lambda, testing } = packages;
  const services = await testing.startLocalServices({ zeromq: true });
  const atOwnDestination = [];
  const keep = (bytes) => atOwnDestination.push(...decode.decodeLogRecords(bytes));
  const exporters = createExporters(packages, services, keep);
  const others = createExporters(packages, services, keep);
  const counting = others.map((exporter) => collectorless.createBatchProcessor(exporter));
  const processors = [...exporters.map((exporter) => batching(sdkLogs, exporter)), ...counting];
  const provider = createProvider(sdkLogs, processors);
  logs.setGlobalLoggerProvider(provider);
  const logger = logs.getLogger('compat');
  const log = (body) => logger.emit({ severityNumber: SeverityNumber.INFO, body });
  // As in AWS Lambda first: what is logged in an invocation is delivered at its end.
  const handle = lambda.withLogFlush(async ({ bodies }) => bodies.forEach(log), {
    flushTimeoutMillis: 20_000,
  });
  await handle({ bodies: BODIES.slice(1) }, { getRemainingTimeInMillis: () => 60_000 });
  assert.equal(services.http.decoded.length, ARRIVED.length - 2, 'at the end of the invocation');
  log(BODIES[0]);
  await provider.shutdown();

  // What a ZeroMQ socket has taken over is still on its way to the receiver.
  while (services.zeromq.decoded.length < ARRIVED.length) await setTimeout(10);
  for (const name of ['firehose', 'cloudWatchLogs', 'kinesis', 'sqs', 'http', 'zeromq']) {
    assert.deepEqual(bodiesOf(services[name].decoded), ARRIVED, `at ${name}`);
  }
  assert.deepEqual(bodiesOf(atOwnDestination), ARRIVED, 'at the own destination');
  assert.deepEqual(services.violations, []);
  for (const exporter of [...exporters, ...others]) {
    assert.ok(exporter instanceof collectorless.DestinationLogRecordExporter);
    const { exported, delivered } = exporter.stats();
    assert.deepEqual({ exported, delivered }, { exported: 3, delivered: 3 });
  }
  for (const processor of counting) assert.equal(processor.stats().exported, 3);
  await services.close();
  process.stdout.write(`${exporters.length} exporters delivered\n`);
};

function createExporters(packages, { clientConfig, http, zeromq }, keep) {
  const { FirehoseLogRecordExporter } = packages.firehose;
  const { KinesisLogRecordExporter } = packages.kinesis;
  const { CloudWatchLogRecordExporter } = packages.cloudWatchLogs;
  const { SqsLogRecordExporter } = packages.sqs;
  const { HttpLogRecordExporter } = packages.http;
  const { ZeroMqLogRecordExporter } = packages.zeromq;
  const { DestinationLogRecordExporter } = packages.collectorless;
  return [
    new FirehoseLogRecordExporter({ deliveryStreamName: 'compat', clientConfig }),
    new KinesisLogRecordExporter({ streamName: 'compat', clientConfig }),
    new CloudWatchLogRecordExporter({ logGroupName: '/compat', clientConfig }),
    new SqsLogRecordExporter({ queueName: 'compat', clientConfig }),
    new HttpLogRecordExporter({ url: http.url, compression: 'gzip' }),
    new ZeroMqLogRecordExporter({ endpoint: zeromq.endpoint }),
    new DestinationLogRecordExporter({
      destination: {
        name: 'memory',
        targetNames: {},
        limits: { maxEntries: 100, maxRequestBytes: 100_000, maxEntryBytes: 10_000 },
        async send({ entries }) {
          for (const { bytes } of entries) keep(bytes);
          return { status: 'delivered' };
        },
      },
    }),
  ];
}

/** Providers that take processors one by one, before 0.203, have processors that take the exporter itself. */
const takesOneByOne = ({ LoggerProvider }) => 'addLogRecordProcessor' in LoggerProvider.prototype;

function batching(sdkLogs, exporter) {
  return new sdkLogs.BatchLogRecordProcessor(takesOneByOne(sdkLogs) ? exporter : { exporter });
}

function createProvider(sdkLogs, processors) {
  if (!takesOneByOne(sdkLogs)) return new sdkLogs.LoggerProvider({ processors });
  const provider = new sdkLogs.LoggerProvider();
  for (const processor of processors) provider.addLogRecordProcessor(processor);
  return provider;
}

function bodiesOf(records) {
  return records.map(({ body }) => body).sort();
}
