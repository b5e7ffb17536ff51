import { expect, test } from 'vitest';
import { checkDelivery, type StoredRecord } from '../../examples/demo/check-delivery.ts';

const lines = [
  { line: 1, level: 30, msg: 'listening' },
  { line: 2, level: 50, msg: 'the order failed', trace_id: 'a'.repeat(32) },
];
const resource = { 'service.name': 'shop' };
const listening: StoredRecord = { attributes: { line: 1 }, resource };
const failed: StoredRecord = {
  trace_id: 'a'.repeat(32),
  attributes: { line: 2, 'exception.stacktrace': 'Error: …\n    at …' },
  resource,
};

test('the demo finds nothing wrong when every line is stored once, in any order', () => {
  expect(checkDelivery(lines, [failed, listening])).toEqual([]);
});

test.each<[string, readonly unknown[]]>([
  ['is missing', [listening]],
  ['is stored 2 times', [listening, failed, failed]],
  ['has lost its trace id', [listening, { ...failed, trace_id: 'b'.repeat(32) }]],
  ['has lost its stack trace', [listening, { ...failed, attributes: { line: 2 } }]],
  ['has no service.name', [listening, { ...failed, resource: {} }]],
])('the demo says when a line %s', (problem, stored) => {
  expect(checkDelivery(lines, stored)).toEqual([`line 2 (the order failed) ${problem}`]);
});

test('the demo says when something is stored that was never logged', () => {
  const foreign = { ...listening, attributes: {} };
  expect(checkDelivery(lines, [failed, listening, foreign])).toEqual([
    '1 stored records with line undefined that the app never wrote',
  ]);
});
