/** Sends records as fast as they go, in a process of its own, to a receiver in another one. */

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  InMemoryLogRecordExporter,
  LoggerProvider,
  type ReadableLogRecord,
  SimpleLogRecordProcessor,
} from '@opentelemetry/sdk-logs';
import { answerParent, taskOfChild } from '../support/in-child.ts';
import { mainThreadCpuMicros } from '../support/main-thread-cpu.ts';
import type { SenderMeasurement, SenderTask } from './sender-task.ts';
import { END_MARK, SENDERS } from './senders.ts';

const BATCH = 512;
const WARM_UP_BATCHES = 40;
// With the names of the fields and the time it makes 300 bytes of JSON.
const BODY_LENGTH = 130;

answerParent(await measure(taskOfChild()));

async function measure({ sender, seconds }: SenderTask): Promise<SenderMeasurement> {
  const create = SENDERS.get(sender);
  const [sample, ...batch] = makeRecords(new Array(BATCH + 1).fill('x'.repeat(BODY_LENGTH)));
  const [last] = makeRecords([END_MARK]);
  if (create === undefined || sample === undefined || last === undefined) {
    throw new Error(`There is no sender ${sender}`);
  }
  const receiver = fork(new URL('receiver-process.ts', import.meta.url), []);
  const [endpoint] = await once(receiver, 'message');
  const { send, end } = await create(endpoint, sample);
  for (let count = 0; seconds > 1 && count < WARM_UP_BATCHES; count += 1) await send(batch);
  const allArrived = once(receiver, 'message');
  const cpu = mainThreadCpuMicros();
  const start = performance.now();
  let records = 0;
  while (performance.now() - start < seconds * 1000) {
    await send(batch);
    records += batch.length;
  }
  await end(last);
  const mainMicros = mainThreadCpuMicros() - cpu;
  await allArrived;
  receiver.disconnect();
  return { records, seconds: (performance.now() - start) / 1000, mainMicros };
}

function makeRecords(bodies: readonly string[]): ReadableLogRecord[] {
  const exporter = new InMemoryLogRecordExporter();
  const provider = new LoggerProvider({
    resource: resourceFromAttributes({ 'service.name': 'bench' }),
    processors: [new SimpleLogRecordProcessor({ exporter })],
  });
  const logger = provider.getLogger('bench');
  for (const body of bodies) logger.emit({ severityNumber: 9, severityText: 'INFO', body });
  return exporter.getFinishedLogRecords();
}
