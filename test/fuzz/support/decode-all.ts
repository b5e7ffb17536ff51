import assert from 'node:assert/strict';
import {
  type DecodedLogRecord,
  type DecodeOptions,
  decodeLogRecords,
  decodeStream,
} from '../../../src/decode/index.ts';

export interface AllDecoded {
  readonly records: readonly DecodedLogRecord[];
  /** As message and position. */
  readonly errors: readonly string[];
}

/** Decodes; throws for any error that is not the decoder's own, and for positions outside. */
export function decodeAll(bytes: Uint8Array, options: DecodeOptions = {}): AllDecoded {
  const errors: string[] = [];
  const records = decodeLogRecords(bytes, { ...options, onError: noteIn(errors) });
  return { records, errors };
}

/** The same from a stream of pieces of these sizes, over and over. */
export async function decodeCut(
  bytes: Uint8Array,
  sizes: readonly number[],
  options: DecodeOptions = {},
): Promise<AllDecoded> {
  const errors: string[] = [];
  const records: DecodedLogRecord[] = [];
  const decoded = decodeStream(cut(bytes, sizes), { ...options, onError: noteIn(errors) });
  for await (const record of decoded) records.push(record);
  return { records, errors };
}

function noteIn(errors: string[]): NonNullable<DecodeOptions['onError']> {
  return ({ error, position }) => {
    assert.equal(error.code, 'ERR_DECODE');
    assert.ok(Number.isSafeInteger(position) && position >= 0);
    errors.push(error.message);
  };
}

async function* cut(bytes: Uint8Array, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  let start = 0;
  for (let turn = 0; start < bytes.length; turn += 1) {
    const end = start + (sizes[turn % sizes.length] ?? 1);
    yield bytes.subarray(start, end);
    start = end;
  }
}
