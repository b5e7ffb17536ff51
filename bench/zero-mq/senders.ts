import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { Push } from 'zeromq';
import {
  ZeroMqLogRecordExporter,
  type ZeroMqLogRecordExporterOptions,
} from '../../src/destinations/zeromq/index.ts';
import { createEncoder } from '../../src/index.ts';

/** The last message of a run holds it: ZeroMQ keeps their order. */
export const END_MARK = 'bench-end';

export interface Sender {
  /** Resolves when the records are handed over; how many messages they make is the sender's business. */
  send(records: ReadableLogRecord[]): Promise<void>;
  /** Sends what is left, then `last`. */
  end(last: ReadableLogRecord): Promise<void>;
}

type CreateSender = (endpoint: string, sample: ReadableLogRecord) => Promise<Sender>;

export const BARE = 'bare zeromq, one a message';

export const SENDERS: ReadonlyMap<string, CreateSender> = new Map<string, CreateSender>([
  [BARE, (endpoint, sample) => bare(endpoint, sample, 1)],
  ['bare zeromq, 10 a message', (endpoint, sample) => bare(endpoint, sample, 10)],
  ['JSON, one a message', (endpoint) => ours({ endpoint })],
  ['MessagePack, one a message', (endpoint) => ours({ endpoint, encoding: 'msgpack' })],
  [
    'JSON, 10 a message',
    (endpoint) => ours({ endpoint, aggregation: 'lines', maxRecordsPerMessage: 10 }),
  ],
  ['JSON, 100 a message', (endpoint) => ours({ endpoint, aggregation: 'lines' })],
  [
    'MessagePack, 100 a message',
    (endpoint) => ours({ endpoint, aggregation: 'lines', encoding: 'msgpack' }),
  ],
]);

/** The library alone, with bytes that are ready. */
async function bare(
  endpoint: string,
  sample: ReadableLogRecord,
  perMessage: number,
): Promise<Sender> {
  const socket = new Push();
  socket.connect(endpoint);
  const topic = Buffer.from('bench');
  const encoded = Buffer.from(createEncoder('json').encode(sample));
  const body = Buffer.concat(new Array(perMessage).fill(encoded));
  return {
    async send(records) {
      for (let sent = 0; sent < records.length; sent += perMessage)
        await socket.send([topic, body]);
    },
    async end() {
      await socket.send([topic, END_MARK]);
    },
  };
}

async function ours(options: ZeroMqLogRecordExporterOptions): Promise<Sender> {
  const exporter = new ZeroMqLogRecordExporter(options);
  const send = (records: ReadableLogRecord[]): Promise<void> =>
    new Promise((resolve, reject) => {
      exporter.export(records, ({ error }) => (error === undefined ? resolve() : reject(error)));
    });
  return {
    send,
    async end(last) {
      await exporter.forceFlush();
      await send([last]);
      await exporter.forceFlush();
      const { dropped } = exporter.stats();
      if (Object.keys(dropped).length > 0) throw new Error(`Dropped: ${JSON.stringify(dropped)}`);
    },
  };
}
