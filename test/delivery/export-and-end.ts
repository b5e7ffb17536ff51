import { CloudWatchLogRecordExporter } from '../../src/destinations/cloudwatch-logs/index.ts';
import { FirehoseLogRecordExporter } from '../../src/destinations/firehose/index.ts';
import { createLogRecord } from '../../src/testing/index.ts';

/** Exports to a service that hangs, and then has nothing left to do but for what the exporter holds. */
const [, , name, config = '{}'] = process.argv;
const clientConfig = JSON.parse(config);
const exporter =
  name === 'firehose'
    ? new FirehoseLogRecordExporter({ deliveryStreamName: 'logs', clientConfig })
    : new CloudWatchLogRecordExporter({ clientConfig });
exporter.export([createLogRecord()], () => {});
// Long enough for the request to be on its way; then, with this timer gone, it tells what keeps the process.
setTimeout(() => {
  setImmediate(() => process.stdout.write(process.getActiveResourcesInfo().join(' ')));
}, 700);
