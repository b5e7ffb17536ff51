import { describe, expect, it } from 'vitest';
import {
  type DecodeError,
  type DecodeOptions,
  decodeLogRecords,
  decodeStream,
} from '../../src/decode/index.ts';
import { ByteWriter } from '../../src/encode/byte-writer.ts';
import { createEncoder } from '../../src/encode/encoders.ts';
import { fitRecord } from '../../src/encode/fit-record.ts';
import type { RecordWriter } from '../../src/encode/log-record-encoder.ts';
import { makeRecord } from '../encode/support/records.ts';
import { collect } from './support/collect.ts';

async function* chunks(bytes: Uint8Array | string, size: number): AsyncGenerator<Uint8Array> {
  const buffer = Buffer.from(bytes as Uint8Array);
  for (let start = 0; start < buffer.length; start += size)
    yield buffer.subarray(start, start + size);
}

async function decode(
  source: AsyncIterable<Uint8Array>,
  options: DecodeOptions,
): Promise<{ bodies: unknown[]; errors: DecodeError[] }> {
  const errors: DecodeError[] = [];
  const onError: DecodeOptions['onError'] = ({ error }) => errors.push(error);
  const records = await collect(decodeStream(source, { ...options, onError }));
  return { bodies: records.map((record) => record.body), errors };
}

describe('the memory of a stream', () => {
  it('is bounded for a line of text that does not end', async () => {
    const { bodies, errors } = await decode(chunks(`a\n${'x'.repeat(50_000)}\nb\n`, 1_000), {
      encoding: 'body',
      maxDecompressedBytes: 5_000,
    });
    expect(bodies[0]).toBe('a');
    expect(bodies.at(-1)).toBe('b');
    expect(errors[0]).toMatchObject({ position: 2 });
  });

  it('is bounded for a MessagePack record that does not end', async () => {
    const encoder = createEncoder('msgpack');
    const [a, giant, b] = ['a', 'x'.repeat(200_000), 'b'].map((body) =>
      Buffer.from(encoder.encode(makeRecord({ body })) as Uint8Array),
    );
    const all = Buffer.concat([a ?? [], giant ?? [], b ?? []].map((piece) => Buffer.from(piece)));
    const { bodies, errors } = await decode(chunks(all, 1_000), { maxDecompressedBytes: 20_000 });
    expect(bodies).toEqual(['a', 'b']);
    expect(errors).toHaveLength(1);
  });

  it('is bounded for parts whose siblings never come: the oldest are given up', async () => {
    const lines = Array.from({ length: 20 }, (_, index) => {
      const record = makeRecord({ body: String(index % 10).repeat(5_000) });
      const parts =
        fitRecord(record, createEncoder('json'), {
          maxBytes: 4_000,
          mode: 'split',
          createId: () => `id-${index}`,
        }) ?? [];
      return `${Buffer.from(parts[0] ?? []).toString()}\n`;
    });
    const { bodies, errors } = await decode(chunks(lines.join(''), 1_000), {
      maxDecompressedBytes: 20_000,
    });
    expect(bodies).toHaveLength(20);
    expect(errors).toHaveLength(20);
    expect(errors[0]).toMatchObject({
      position: 0,
      message: expect.stringContaining('parts are missing'),
    });
  });
});

describe('records of other writers', () => {
  it('of OTLP/JSON with plain numbers, unknown members and missing ones are read', () => {
    const logRecord = {
      observedTimeUnixNano: 1_700_000_000_000,
      unknown: 1,
      body: { intValue: 5 },
      attributes: [{ key: 'a', value: { intValue: 'no number' } }, { key: 'b' }, 7],
    };
    const bytes = JSON.stringify({
      resourceLogs: [{ scopeLogs: [{ logRecords: [logRecord] }] }, 5],
    });
    expect(decodeLogRecords(bytes)).toEqual([
      {
        hrTime: [1_700, 0],
        hrTimeObserved: [1_700, 0],
        body: 5,
        attributes: { a: null, b: null },
        resource: { attributes: {} },
        instrumentationScope: { name: '' },
        droppedAttributesCount: 0,
      },
    ]);
  });

  it('of JSON with a time zone and few or many digits are read', () => {
    const timeOf = (timestamp: string): unknown =>
      decodeLogRecords(JSON.stringify({ timestamp }))[0]?.hrTime;
    expect(timeOf('2023-11-14T23:13:20+01:00')).toEqual([1_700_000_000, 0]);
    expect(timeOf('2023-11-14T22:13:20.5Z')).toEqual([1_700_000_000, 500_000_000]);
    expect(timeOf('2023-11-14 22:13:20.0000000019z')).toEqual([1_700_000_000, 1]);
    expect(timeOf('yesterday')).toEqual([0, 0]);
  });

  it.each(['json', 'msgpack', 'otlp-json', 'distlog-json'] as const)(
    'the sequence number of a record comes back in %s',
    (name) => {
      const writer = new ByteWriter();
      const sequence = { id: 'sender', number: 7 };
      (createEncoder(name) as RecordWriter).write(makeRecord(), writer, { sequence });
      expect(decodeLogRecords(writer.copy())).toMatchObject([{ sequence, body: 'hello' }]);
    },
  );
});
