import { describe, expect, it } from 'vitest';
import { decodeLogRecords } from '../../src/decode/decode-log-records.ts';
import { type DecodedLogRecord, emptyRecord } from '../../src/decode/decoded-log-record.ts';
import { PartJoiner } from '../../src/decode/part-joiner.ts';
import { cpuMillis } from '../support/cpu-millis.ts';

function firstPart(id: string): DecodedLogRecord {
  return { ...emptyRecord(), part: { id, index: 0, count: 2, fields: ['body'] } };
}

describe('parts that wait for their siblings', () => {
  it('never hold more than the limit, also when a large one comes after many small ones', () => {
    const joiner = new PartJoiner(1_000_000);
    let waiting = 0;
    for (let index = 0; index < 900; index++) {
      joiner.add(firstPart(`small ${index}`), 0, 1);
      waiting++;
    }
    for (const joined of joiner.add(firstPart('large'), 0, 990_000)) {
      waiting -= joined.records.length;
    }
    expect(waiting + 1).toBeLessThan(10);
  });

  it('count by themselves, however small they are', () => {
    const joiner = new PartJoiner(1_000_000);
    let waiting = 0;
    for (let index = 0; index < 10_000; index++) {
      waiting++;
      for (const { records } of joiner.add(firstPart(String(index)), 0, 0))
        waiting -= records.length;
    }
    expect(waiting).toBeLessThan(1_000);
  });

  it('are joined in a time that goes by their size, whatever fields they name', () => {
    const count = 4_000;
    const fields = Array.from({ length: 50_000 }, (_, index) => `attributes.${index % 25_000}`);
    const lines = Array.from({ length: count }, (_, index) =>
      JSON.stringify({
        body: 'x',
        part: { id: 'a', index, count, fields: index === 0 ? [...fields, 'body', 'body'] : [] },
      }),
    );
    const text = lines.join('\n');
    let records: DecodedLogRecord[] = [];
    const cpu = cpuMillis(() => {
      records = decodeLogRecords(text);
    });
    expect(cpu).toBeLessThan(2_000);
    expect(records).toHaveLength(1);
    expect(records[0]?.body).toBe('x'.repeat(count));
  });

  it('stay as they came when their slices join to no JSON', () => {
    const parts = [0, 1].map((index) => ({
      body: '{',
      attributes: { a: 'x' },
      part: { id: 'a', index, count: 2, fields: ['attributes.a', 'body'], json_fields: ['body'] },
    }));
    const records = decodeLogRecords(JSON.stringify(parts), { onError: () => undefined });
    expect(records.map(({ attributes }) => attributes)).toEqual([{ a: 'x' }, { a: 'x' }]);
  });

  it('of which there cannot be so many are records of their own', () => {
    const part = { id: 'a', index: 0, count: 2 ** 53 - 1, fields: ['body'] };
    expect(decodeLogRecords(JSON.stringify({ body: 'x', part }))).toMatchObject([{ body: 'x' }]);
  });
});
