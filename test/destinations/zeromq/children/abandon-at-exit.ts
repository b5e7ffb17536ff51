// Exports a record to `endpoint` and abandons the exporter in the last moment, while its socket is open.
import { ZeroMqLogRecordExporter } from '../../../../src/destinations/zeromq/index.ts';
import { createLogRecord } from '../../../../src/testing/records/create-log-record.ts';

const [endpoint = ''] = process.argv.slice(2);
const exporter = new ZeroMqLogRecordExporter({ endpoint });
exporter.export([createLogRecord()], () => {});
await exporter.forceFlush();
process.on('exit', () => {
  exporter.export([createLogRecord({ body: 'last' })], () => {});
  const { entries, records } = exporter.abandon();
  process.stdout.write(`left: ${entries.length + records.length}`);
});
