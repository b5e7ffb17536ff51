import { diag } from '@opentelemetry/api';
import { expect, it } from 'vitest';
import { DestinationLogRecordExporter } from '../../src/exporter/destination-log-record-exporter.ts';
import { orderedRuleOf } from '../../src/exporter/ordered-rule.ts';
import { createLogRecord } from '../../src/testing/records/create-log-record.ts';

const target = { key: 'one', names: {}, resource: undefined } as never;
const SILENT = { error() {}, warn() {}, info() {}, debug() {}, verbose() {} };
const send = async (): Promise<void> => {};

it('the order of a target is kept as the destination says', () => {
  expect(orderedRuleOf({ name: 'own', send })(target)).toBe(false);
  expect(orderedRuleOf({ name: 'own', send, ordered: true })(target)).toBe(true);
  expect(orderedRuleOf({ name: 'own', send, ordered: () => false })(target)).toBe(false);
  expect(orderedRuleOf({ name: 'own', send, ordered: () => true })(target)).toBe(true);
});

it.each([
  [
    'throws',
    () => {
      throw new Error('no');
    },
  ],
  ['rejects', () => Promise.reject(new Error('later')) as never],
])(
  'a function of the application that %s keeps the order, and records are sent',
  async (_, ordered) => {
    expect(orderedRuleOf({ name: 'own', send, ordered })(target)).toBe(true);
    const exporter = new DestinationLogRecordExporter({
      destination: { name: 'own', ordered, send },
    });
    exporter.export([createLogRecord({ body: 'one' })], () => {});
    await exporter.forceFlush();
    expect(exporter.stats()).toMatchObject({ delivered: 1, dropped: {} });
    await exporter.shutdown();
  },
);

it.each<[string, () => boolean, string]>([
  [
    'fails',
    () => {
      throw new Error('no');
    },
    'own: Error: no',
  ],
  ['answers a promise', () => Promise.resolve(false) as never, 'got an object'],
  [
    'throws what cannot be told',
    () => {
      throw Object.assign(new Error('x'), { message: '', name: Object.create(null) });
    },
    'own: Error',
  ],
])('a function that %s keeps the order, and is told of once', (_, ordered, expected) => {
  const told: string[] = [];
  const logger = { error: (text: string) => told.push(text) };
  diag.setLogger({ ...SILENT, ...logger }, { suppressOverrideMessage: true });
  const rule = orderedRuleOf({ name: 'own', send, ordered });
  for (let count = 0; count < 3; count += 1) expect(rule(target)).toBe(true);
  diag.disable();
  expect(told).toEqual([expect.stringContaining(expected)]);
});
