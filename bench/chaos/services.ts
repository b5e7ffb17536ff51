/** The local services in a process of their own, which can be stopped and continued, go away and come back. */

import { appendFileSync } from 'node:fs';
import { decodeJsonLines } from '../../src/testing/decode-json-lines.ts';
import { type Fault, startLocalServices, uidOf } from '../../src/testing/index.ts';
import { type ExporterName, HIGH_WATER_MARK, STREAM_NAME } from './chaos-exporters.ts';
import type { ServicesAnswer, ServicesOrder } from './services-order.ts';

const HARVEST_MILLIS = 300;

const [, , outputPath = '', seed = '1'] = process.argv;
const services = await startLocalServices({
  seed: Number(seed),
  zeromq: { receiveHighWaterMark: HIGH_WATER_MARK },
});

/** Writes down what has arrived, `exporter uid arrivalMillis` a line, and forgets it. */
function harvest(): void {
  const lines: string[] = [];
  const note = (name: ExporterName, bytes: Uint8Array, atMillis: number): void => {
    for (const record of decodeJsonLines(bytes)) {
      // Only the exporter's own summary of what was dropped has no number.
      const uid = uidOf(record);
      if (uid !== undefined) lines.push(`${name} ${uid} ${atMillis}`);
    }
  };
  const { cloudWatchLogs, firehose, http, sqs, zeromq } = services;
  for (const { arrivedAtMillis, data } of firehose.records) note('firehose', data, arrivedAtMillis);
  for (const { ingestionTime, message } of cloudWatchLogs.events)
    note('cloudwatch-logs', Buffer.from(message), ingestionTime);
  for (const { body, sentAtMillis } of sqs.messages) note('sqs', Buffer.from(body), sentAtMillis);
  for (const { body, receivedAtMillis } of http.accepted) note('http', body, receivedAtMillis);
  for (const { body, receivedAtMillis } of zeromq.messages) note('zeromq', body, receivedAtMillis);
  services.requests.length = 0;
  for (const store of [firehose, cloudWatchLogs, sqs, http, zeromq]) store.clear();
  if (lines.length > 0) appendFileSync(outputPath, `${lines.join('\n')}\n`);
}

async function obey(order: ServicesOrder): Promise<void> {
  switch (order.do) {
    case 'faults':
      services.setFaults(order.faults satisfies readonly Fault[]);
      break;
    case 'restore':
      services.firehose.createStream(STREAM_NAME);
      services.sqs.createQueue(STREAM_NAME);
      break;
    case 'pause':
      await Promise.all([services.pause(), services.zeromq.stop()]);
      break;
    case 'resume':
      await Promise.all([services.resume(), services.zeromq.start()]);
      break;
    case 'harvest':
      harvest();
      break;
  }
}

setInterval(harvest, HARVEST_MILLIS);
const answer = (message: ServicesAnswer): void => void process.send?.(message);
process.on('message', (order: ServicesOrder) => {
  void obey(order).then(() => answer({ violations: services.violations }));
});
process.on('disconnect', () => process.exit(0));
answer({
  violations: [],
  addresses: {
    clientConfig: services.clientConfig,
    httpUrl: services.http.url,
    zeroMqEndpoint: services.zeromq.endpoint,
  },
});
