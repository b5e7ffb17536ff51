import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { createLogRecord, createResource } from '../../testing/index.ts';

const resource = createResource({ 'service.name': 'shop', 'service.instance.id': 'demo' });
const instrumentationScope = { name: 'demo', version: '1.0.0' };

type Kind = Pick<ReadableLogRecord, 'severityNumber' | 'severityText' | 'body' | 'attributes'>;

const KINDS: readonly ((order: number) => Kind)[] = [
  (order) => ({
    severityNumber: 5,
    severityText: 'debug',
    body: 'looking up the stock',
    attributes: { order, stock: 250 },
  }),
  (order) => ({
    severityNumber: 9,
    severityText: 'info',
    body: 'order taken',
    attributes: { order, item: 'coffee', price: { amount: 4.5, currency: 'EUR' } },
  }),
  (order) => ({
    severityNumber: 13,
    severityText: 'warn',
    body: 'not enough in stock, ordering more',
    attributes: { order, item: 'tea', stock: 3 },
  }),
  (order) => ({
    severityNumber: 17,
    severityText: 'error',
    body: 'the order failed',
    attributes: {
      order,
      'exception.type': 'Error',
      'exception.message': 'There is no unicorn',
      'exception.stacktrace':
        'Error: There is no unicorn\n    at takeOrder (shop.js:14:9)\n    at serve (shop.js:30:5)',
    },
  }),
];

/** What a shop logs about its orders; each record has an attribute `uid` to know it by. */
export function demoRecords(count: number): ReadableLogRecord[] {
  return Array.from({ length: count }, (_, index) => {
    const order = Math.floor(index / KINDS.length) + 1;
    const id = order.toString(16).padStart(8, '0');
    return createLogRecord({
      ...KINDS[index % KINDS.length]?.(order),
      resource,
      instrumentationScope,
      spanContext: { traceId: id.repeat(4), spanId: id.repeat(2), traceFlags: 1 },
    });
  });
}
