import { expect, it } from 'vitest';
import { jsonEncoder } from '../../src/encode/json-encoder.ts';
import type { BuiltInDestination } from '../../src/exporter/built-in-destination.ts';
import { DestinationLogRecordExporter } from '../../src/exporter/destination-log-record-exporter.ts';
import { joinedPlaceOf } from '../../src/exporter/join-bytes.ts';
import { PieceEncoder } from '../../src/exporter/piece-encoder.ts';
import { ByteSlabs } from '../../src/pack/byte-slabs.ts';
import { createLogRecord } from '../../src/testing/index.ts';
import { FakeRuntime } from '../support/fake-runtime.ts';
import { JOINING } from './support/joining-destination.ts';

const MIB = 1_048_576;

/** For each request whether its records lie one after the other, and how many bytes it has. */
async function send(bodies: readonly number[]): Promise<{ isJoined: boolean; bytes: number }[]> {
  const requests: { isJoined: boolean; bytes: number }[] = [];
  const runtime = new FakeRuntime();
  const destination: BuiltInDestination = {
    ...JOINING,
    targetNames: {},
    send({ entries }) {
      const bytes = entries.reduce((sum, entry) => sum + entry.bytes.length, 0);
      requests.push({ isJoined: joinedPlaceOf(entries) !== undefined, bytes });
      return Promise.resolve({ status: 'delivered' });
    },
  };
  const exporter = new DestinationLogRecordExporter({ destination, encoding: 'json' }, runtime);
  const all = bodies.map((characters) => createLogRecord({ body: 'x'.repeat(characters) }));
  exporter.export(all, () => {});
  await runtime.advanceUntil(exporter.shutdown());
  return requests;
}

it.each([300, 1000, 9000, 20_000, 40_000])(
  'full requests of records of %i characters lie in one piece from the second one on',
  async (characters) => {
    const requests = await send(new Array(Math.ceil((6 * MIB) / characters)).fill(characters));
    const full = requests.slice(1, -1).filter(({ bytes }) => bytes > MIB - 2 * characters - 2000);
    expect(full.length).toBeGreaterThan(2);
    expect(full.filter(({ isJoined }) => !isJoined)).toEqual([]);
  },
);

it('a record that may not fit behind the others is written where it fits, not by way of larger memory', () => {
  const encoder = new PieceEncoder({
    encoder: jsonEncoder(),
    isBuiltInEncoder: true,
    limits: { maxEntries: 10_000, maxEntryBytes: MIB, maxRequestBytes: MIB },
    delimiter: '\n',
    oversize: 'truncate',
    createId: () => 'id',
    maxBufferedBytes: 64 * MIB,
  });
  const slabs = new ByteSlabs(undefined, () => MIB);
  slabs.store(Buffer.alloc(8192));
  slabs.store(Buffer.alloc(8192));
  const record = createLogRecord({ body: 'x'.repeat(1000) });
  const encode = () => encoder.encode(record, undefined, MIB, slabs);
  expect(encode()).toEqual(expect.any(Number));
  slabs.extend(slabs.memory.length - slabs.used - 500);
  expect(encode()).toEqual(expect.any(Number));
});
