import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  createHostileLogRecords,
  createLogRecord,
  createResource,
  uidOf,
} from '../../src/testing/index.ts';

it('makes a whole record with a uid of its own', () => {
  const [first, second] = [createLogRecord(), createLogRecord()];
  expect(uidOf(first)).not.toBe(uidOf(second));
  expect(first).toMatchObject({
    severityNumber: 9,
    severityText: 'INFO',
    body: 'a log record',
    droppedAttributesCount: 0,
    instrumentationScope: { name: 'local-scope' },
    resource: { attributes: { 'service.name': 'local-service' } },
  });
  expect(first.instrumentationScope).toBe(second.instrumentationScope);
  expect(Math.abs(first.hrTime[0] * 1_000 - Date.now())).toBeLessThan(5_000);
});

it('takes what is given and keeps the uid beside the given attributes', () => {
  const record = createLogRecord({ body: { a: 1 }, attributes: { tenant: 't1' } });
  expect(record.body).toEqual({ a: 1 });
  expect(record.attributes).toEqual({ tenant: 't1', uid: expect.any(String) });
  expect(uidOf(createLogRecord({ attributes: { uid: 'mine' } }))).toBe('mine');
});

it('finds a uid in decoded records and in nothing else', () => {
  expect(uidOf(JSON.parse('{"attributes":{"uid":"x"}}'))).toBe('x');
  expect([undefined, null, 'text', {}, { attributes: { uid: 1 } }].map(uidOf)).toEqual(
    Array(5).fill(undefined),
  );
});

it('makes resources that merge', () => {
  const merged = createResource({ a: 1, b: 1 }).merge(createResource({ b: 2 }));
  expect(merged.attributes).toEqual({ a: 1, b: 2 });
  expect(merged.merge(null).getRawAttributes()).toEqual([
    ['a', 1],
    ['b', 2],
  ]);
});

it('hostile records keep a readable uid, each its own', () => {
  fc.assert(
    fc.property(fc.nat(), (seed) => {
      const records = createHostileLogRecords(seed, 60);
      expect(new Set(records.map(uidOf)).size).toBe(60);
      expect(records.map(uidOf)).not.toContain(undefined);
    }),
    { numRuns: 20 },
  );
});

it('hostile records are the same for the same seed', () => {
  const shapes = (seed: number): string[] =>
    createHostileLogRecords(seed, 100).map((record) => {
      const { hrTime } = record;
      return `${hrTime[0] > 1e9 && hrTime[0] < 1e11 ? 'now' : hrTime} ${Object.keys(record.attributes)}`;
    });
  expect(shapes(3)).toEqual(shapes(3));
  expect(shapes(4)).not.toEqual(shapes(3));
});

it('many hostile records break JSON.stringify, by a cycle, a BigInt, a getter, or depth', () => {
  const outcomes = createHostileLogRecords(1, 300).map((record) => {
    try {
      return JSON.stringify({ ...record, resource: undefined }) === undefined ? 'nothing' : 'text';
    } catch (error) {
      return error instanceof Error ? error.message.split('\n')[0] : 'no error';
    }
  });
  expect(outcomes.filter((outcome) => outcome !== 'text').length).toBeGreaterThan(100);
  expect(outcomes).toEqual(expect.arrayContaining(['body', 'getter', 'toJSON', 'get']));
});
