import { expect, it } from 'vitest';
import type { BuiltInDestination } from '../../src/exporter/built-in-destination.ts';
import { DestinationLogRecordExporter } from '../../src/exporter/destination-log-record-exporter.ts';
import { createLogRecord } from '../../src/testing/records/create-log-record.ts';
import { FakeRuntime } from '../support/fake-runtime.ts';

/** Messages as a destination of this package gets them, with the size of the memory in which each lies. */
async function messagesOf(
  bodyBytes: number,
  maxLines: number,
  calls = 20,
): Promise<[Uint8Array, number][]> {
  const runtime = new FakeRuntime();
  const messages: [Uint8Array, number][] = [];
  const destination: BuiltInDestination = {
    name: 'mine',
    readsByName: true,
    delimiter: '\n',
    limits: {
      maxEntries: 500,
      maxEntryBytes: 4_000_000,
      maxRequestBytes: 40_000_000,
      aggregate: { maxLines, maxBytes: 4_000_000 },
    },
    async send({ entries }) {
      for (const { bytes } of entries) messages.push([bytes, bytes.buffer.byteLength]);
    },
  };
  const exporter = new DestinationLogRecordExporter({ encoding: 'body', destination }, runtime);
  let number = 0;
  for (let call = 0; call < calls; call += 1) {
    const records = Array.from({ length: 2 * maxLines }, () => {
      number += 1;
      return createLogRecord({ body: `${number} `.padEnd(bodyBytes, 'x') });
    });
    exporter.export(records, () => {});
  }
  await runtime.advanceUntil(exporter.forceFlush());
  await runtime.advanceUntil(exporter.shutdown());
  const numbers = messages.flatMap(([bytes]) =>
    Array.from(Buffer.from(bytes).toString().matchAll(/^\d+/gm), ([text]) => Number(text)),
  );
  expect(numbers).toEqual(Array.from({ length: number }, (_, index) => index + 1));
  return messages;
}

it.each([
  [300, 100],
  [300, 10],
  [500, 100],
  [1100, 100],
  [4000, 100],
])(
  'lines of %d bytes, %d an entry, are sent from where they were written',
  async (bytes, lines) => {
    const messages = await messagesOf(bytes, lines);
    // One that was put together has memory of its own size, as the first ones and one behind a shorter one.
    const copied = messages.slice(2).filter(([message, size]) => message.length === size);
    expect(copied.length).toBeLessThanOrEqual(1);
  },
);

it('lines of an entry that is a large part of the bound on memory have no memory as large for those behind', async () => {
  const sizes = (await messagesOf(2_000, 600, 5)).map(([, size]) => size);
  const inSlabs = sizes.filter((size) => size !== 1_200_600);
  expect(Math.max(0, ...inSlabs)).toBeLessThan(1_048_576);
});
