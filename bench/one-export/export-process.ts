/** One exporter in a process of its own: batches one after the other, each delivered before the next. */

import type { LogRecordExporter, ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { COUNTED_MARK } from '../path/load.ts';
import { startService } from '../service/start-service.ts';
import { answerParent, taskOfChild } from '../support/in-child.ts';
import { median } from '../support/median.ts';
import { untilFullSpeed } from '../support/until-full-speed.ts';
import type { ExportMeasurement, ExportTask } from './export-task.ts';
import { EXPORTERS } from './exporters.ts';
import { LongestBlock } from './longest-block.ts';
import { makeBatch } from './make-batch.ts';

answerParent(await measure(taskOfChild()));

async function measure(task: ExportTask): Promise<ExportMeasurement> {
  const create = EXPORTERS.get(task.subject);
  if (create === undefined) throw new Error(`There is no exporter ${task.subject}`);
  const service = await startService({ latencyMillis: 20, mark: COUNTED_MARK, weighs: false });
  const exporter = await create(service.url);
  const batch = makeBatch(task.records);
  for (let count = 0; count < task.warmUpExports; count += 1) await exportOnce(exporter, batch);
  const before = await service.counts();
  const measured: Omit<ExportMeasurement, 'delivered'>[] = [];
  for (let count = 0; count < task.exports; count += 1) {
    await untilFullSpeed(task);
    measured.push(await exportOnce(exporter, batch));
  }
  const after = await service.counts();
  service.stop();
  return {
    longestBlockMillis: median(measured.map((one) => one.longestBlockMillis)),
    callMillis: median(measured.map((one) => one.callMillis)),
    delivered: after.records - before.records,
  };
}

async function exportOnce(
  exporter: LogRecordExporter,
  batch: ReadableLogRecord[],
): Promise<Omit<ExportMeasurement, 'delivered'>> {
  const block = new LongestBlock();
  const start = performance.now();
  const accepted = new Promise((resolve) => exporter.export(batch, resolve));
  const callMillis = performance.now() - start;
  await accepted;
  await exporter.forceFlush?.();
  return { callMillis, longestBlockMillis: block.stop() };
}
