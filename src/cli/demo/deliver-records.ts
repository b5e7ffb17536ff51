import { setTimeout } from 'node:timers/promises';
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import type { LocalServices } from '../../testing/index.ts';
import { type DeliveryReport, deliveryReport } from './delivery-report.ts';
import type { DemoDestination } from './demo-destinations.ts';
import { findProblems } from './find-problems.ts';

export interface Delivery {
  readonly report: DeliveryReport;
  /** One stored record, with an exception if there is one; undefined when nothing is stored. */
  readonly example: unknown;
  readonly problems: readonly string[];
}

const MAX_WAIT_MILLIS = 3000;
const LOOK_MILLIS = 20;

/** Sends the records to one destination, and looks at what it holds then. */
export async function deliverRecords(
  destination: DemoDestination,
  records: readonly ReadableLogRecord[],
  services: LocalServices,
): Promise<Delivery> {
  const { name, requestLimit, storedRecords } = destination;
  const exporter = await destination.createExporter(services);
  exporter.export([...records], () => {});
  await exporter.forceFlush();
  // ZeroMQ has no answers: its last messages may still be on their way.
  const endMillis = performance.now() + MAX_WAIT_MILLIS;
  while (storedRecords(services).length < records.length && performance.now() < endMillis) {
    await setTimeout(LOOK_MILLIS);
  }
  const stats = exporter.stats();
  await exporter.shutdown();
  const stored = storedRecords(services);
  const report = deliveryReport({
    destination: name,
    emitted: records.length,
    stored: stored.length,
    stats,
    requests: services.requests.filter(({ service }) => service === name),
    requestLimit,
  });
  const example = stored.find(isError) ?? stored.at(0);
  return { report, example, problems: findProblems(records, stored, stats) };
}

function isError(record: unknown): boolean {
  return (
    typeof record === 'object' &&
    record !== null &&
    Reflect.get(record, 'severity_text') === 'error'
  );
}
