import { createZeroMqDestination } from '../../src/destinations/zeromq/zeromq-destination.ts';
import type { DestinationRequest } from '../../src/exporter/destination.ts';
import { DestinationLogRecordExporter } from '../../src/exporter/destination-log-record-exporter.ts';
import type { Form } from './forms.ts';
import { BATCH, makeRecords } from './make-records.ts';

/** Enough for two requests of 4 MiB. */
const BATCHES = 60;

/** Requests of a form as the exporter hands them to its destination while records pile up. */
export async function readyRequests({ options }: Form): Promise<readonly DestinationRequest[]> {
  const requests: DestinationRequest[] = [];
  const gate = Promise.withResolvers<void>();
  const destination = createZeroMqDestination({ ...options, endpoint: 'ipc://unused' });
  const exporter = new DestinationLogRecordExporter({
    ...options,
    destination: {
      ...destination,
      async send(request) {
        requests.push(request);
        await gate.promise;
      },
    },
  });
  const records = makeRecords(BATCH);
  for (let count = 0; count < BATCHES; count += 1)
    await new Promise((resolve) => exporter.export(records, resolve));
  gate.resolve();
  await exporter.shutdown();
  const fullest = Math.max(...requests.map(recordsOf));
  // The first one went as soon as there was something, the last one had to take what there was.
  return requests.filter((request) => recordsOf(request) > fullest / 2);
}

export function recordsOf({ entries }: DestinationRequest): number {
  return entries.reduce((sum, { recordCount }) => sum + recordCount, 0);
}
