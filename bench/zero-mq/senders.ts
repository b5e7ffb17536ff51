import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { Push } from 'zeromq';
import { ZeroMqLogRecordExporter } from '../../src/destinations/zeromq/index.ts';
import { createZeroMqDestination } from '../../src/destinations/zeromq/zeromq-destination.ts';
import type { DestinationRequest } from '../../src/exporter/destination.ts';
import { separateEntries } from '../../src/exporter/joined-entries.ts';
import type { PackedEntry } from '../../src/pack/packed-entry.ts';
import type { Form } from './forms.ts';
import { BATCH, makeRecords } from './make-records.ts';
import { readyRequests, recordsOf } from './ready-requests.ts';
import type { SenderName } from './sender-task.ts';

/** The last message of a run holds it: ZeroMQ keeps their order. */
export const END_MARK = 'bench-end';

export interface Sender {
  /** Resolves to the number of records that were handed over; how many a call sends is the sender's business. */
  send(): Promise<number>;
  /** Sends what is left, then the end mark. */
  end(): Promise<void>;
}

type CreateSender = (endpoint: string, form: Form) => Promise<Sender>;

export const SENDERS: Readonly<Record<SenderName, CreateSender>> = {
  async bare(endpoint, form) {
    const socket = new Push();
    socket.connect(endpoint);
    const topic = Buffer.from('PLJ');
    return {
      send: await inTurn(form, bodiesOf, async (bodies) => {
        for (const body of bodies) await socket.send([topic, body]);
      }),
      async end() {
        await socket.send([topic, END_MARK]);
      },
    };
  },

  async destination(endpoint, form) {
    const destination = createZeroMqDestination({ ...form.options, endpoint });
    const { signal } = new AbortController();
    const sendAll = async ({ entries, target }: DestinationRequest): Promise<void> => {
      let rest = entries;
      while (rest.length > 0) {
        const outcome = await destination.send({ target, entries: rest }, { signal });
        if (outcome === undefined || outcome.status === 'delivered') return;
        if (outcome.status === 'rejected') throw outcome.error;
        if (outcome.status === 'partial') {
          rest = undelivered(separateEntries(rest), outcome.entries);
        }
      }
    };
    return {
      send: await inTurn(form, (request) => request, sendAll),
      async end() {
        const bytes = Buffer.from(END_MARK);
        const last = { bytes, recordCount: 1, timeMillis: 0, sequence: 0 };
        await sendAll({ entries: [last], target: { key: 'bench', names: { topic: 'PLJ' } } });
      },
    };
  },

  async exporter(endpoint, { options }) {
    const exporter = new ZeroMqLogRecordExporter({ ...options, endpoint });
    const exportAll = (records: ReadableLogRecord[]): Promise<void> =>
      new Promise((resolve, reject) => {
        exporter.export(records, ({ error }) => (error === undefined ? resolve() : reject(error)));
      });
    const records = makeRecords(BATCH);
    return {
      async send() {
        await exportAll(records);
        return records.length;
      },
      async end() {
        await exporter.forceFlush();
        await exportAll(makeRecords(1, END_MARK));
        await exporter.forceFlush();
        const { dropped } = exporter.stats();
        if (Object.keys(dropped).length > 0) throw new Error(`Dropped: ${JSON.stringify(dropped)}`);
      },
    };
  },
};

/** Sends the ready requests of a form one after the other, again and again. */
async function inTurn<T>(
  form: Form,
  prepare: (request: DestinationRequest) => T,
  sendRequest: (prepared: T) => Promise<void>,
): Promise<() => Promise<number>> {
  const requests = (await readyRequests(form)).map((request) => ({
    prepared: prepare(request),
    records: recordsOf(request),
  }));
  let next = 0;
  return async () => {
    const ready = requests[next % requests.length];
    if (ready === undefined) throw new Error(`No requests of the form ${form.name}`);
    next += 1;
    await sendRequest(ready.prepared);
    return ready.records;
  };
}

function bodiesOf({ entries }: DestinationRequest): readonly Uint8Array[] {
  return separateEntries(entries).map(({ bytes }) => bytes);
}

function undelivered(
  entries: readonly PackedEntry[],
  outcomes: readonly { readonly status: string }[],
): readonly PackedEntry[] {
  return entries.filter((_, index) => outcomes[index]?.status !== 'delivered');
}
