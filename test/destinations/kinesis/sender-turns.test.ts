import * as sdk from '@aws-sdk/client-kinesis';
import { expect, it } from 'vitest';
import { BYTES_A_TURN } from '../../../src/destinations/aws/byte-turns.ts';
import { createKinesisSender } from '../../../src/destinations/kinesis/kinesis-sender.ts';
import { compilePartitionKeys } from '../../../src/destinations/kinesis/partition-keys.ts';
import { RecordEntry } from '../../../src/exporter/record-entry.ts';
import { ReusedMemory } from '../../../src/exporter/reused-memory.ts';
import { BY_ITSELF } from '../../../src/pack/byte-slabs.ts';

const SIZE_BYTES = Math.ceil(BYTES_A_TURN * 0.6);
const TIMES = { timeMillis: 1, acceptedAtMillis: 1, packedAtMillis: 1 };
const CONTENT = { recordCount: 1, tickets: undefined, splits: undefined };

/** An entry that says when its bytes are read. */
class WatchedEntry extends RecordEntry {
  readonly #onRead: () => void;

  constructor(sequence: number, onRead: () => void) {
    const memory = Buffer.alloc(SIZE_BYTES, 'x');
    const place = { ...BY_ITSELF, memory, start: 0, length: SIZE_BYTES, byteCount: SIZE_BYTES };
    super({ ...place, slab: undefined }, CONTENT, TIMES, sequence);
    this.#onRead = onRead;
  }

  override get bytes(): Uint8Array {
    this.#onRead();
    return super.bytes;
  }
}

it('reads the bytes of a record in the turn in which it writes them, and no more once the time is over', async () => {
  const client = new sdk.KinesisClient({ region: 'eu-central-1', endpoint: 'http://127.0.0.1:9' });
  const send = createKinesisSender({
    getClient: async () => ({ sdk, client, isPrivate: true, askIdentity: undefined }),
    keys: compilePartitionKeys(undefined, 'prefix'),
    compress: undefined,
    buffers: new ReusedMemory(0),
  });
  const ending = new AbortController();
  const read: number[] = [];
  const entries = [1, 2, 3].map(
    (sequence) =>
      new WatchedEntry(sequence, () => {
        read.push(sequence);
        ending.abort(new Error('The time is over'));
      }),
  );
  const target = { key: 'a-stream', names: { streamName: 'a-stream' } };

  const outcome = await send({ target, entries }, { signal: ending.signal });

  expect(outcome).toMatchObject({ status: 'retryable' });
  expect(read).toEqual([1]);
});
