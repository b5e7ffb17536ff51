import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { createLogRecord, createResource } from 'collectorless/testing';

const resource = createResource({
  'service.name': 'orders',
  'service.instance.id': 'orders-1',
  'process.pid': 4711,
  'host.name': 'host-1',
  'process.command_args': ['node', 'app.js'],
});
const instrumentationScope = { name: 'orders.http', version: '2.1.0' };
const SECONDS = Math.floor(Date.now() / 1_000) - 3_600;

/** What JSON has words for, so that it comes back as it was. */
const bodies: readonly ReadableLogRecord['body'][] = [
  'GET /orders 200',
  'Grüße, 你好, \u{1f600}',
  'two\nlines\tand "quotes" and \\ and \u001b[31mred\u001b[0m',
  { order: { id: 17, paid: true, lines: ['a', 'b'] }, note: null },
  ['list', 1, 2.5, false],
  42,
  -0.125,
  true,
  { 'key with spaces': 'é'.repeat(300) },
];

/** `count` records of the last hour, oldest first, each with a `uid`; no two are alike. */
export function sourceRecords(count: number): ReadableLogRecord[] {
  return Array.from({ length: count }, (_, index) => sourceRecord(index));
}

function sourceRecord(index: number): ReadableLogRecord {
  const hrTime: ReadableLogRecord['hrTime'] = [SECONDS + index, (index * 1_234_500 + 7) % 1e9];
  const body = bodies[index % bodies.length];
  return createLogRecord({
    hrTime,
    hrTimeObserved: index % 2 === 0 ? hrTime : [hrTime[0], hrTime[1] + 1],
    severityNumber: (index % 24) + 1,
    severityText: `LEVEL-${index % 24}`,
    ...(body === undefined ? {} : { body }),
    resource,
    instrumentationScope,
    droppedAttributesCount: index % 3,
    attributes: {
      'http.request.method': 'GET',
      'http.response.status_code': 200 + (index % 300),
      'duration.seconds': index / 8,
      tags: ['a', 'ü', ''],
      nested: { deep: { deeper: [index] } },
      isRetry: index % 2 === 1,
    },
    ...(index % 5 === 0 ? { eventName: 'order.placed' } : {}),
    ...(index % 3 === 0 ? {} : { spanContext: spanContext(index) }),
  });
}

function spanContext(index: number): NonNullable<ReadableLogRecord['spanContext']> {
  return {
    traceId: (index + 1).toString(16).padStart(32, 'a'),
    spanId: (index + 1).toString(16).padStart(16, 'b'),
    traceFlags: index % 2,
  };
}

/** A record with what MessagePack has words for and JSON has none. */
export function binaryRecords(): ReadableLogRecord[] {
  const values: ReadableLogRecord['body'][] = [
    new Uint8Array([0, 1, 127, 128, 255]),
    Number.NaN,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    Number.MAX_SAFE_INTEGER,
    { bytes: new Uint8Array(300).fill(7), list: [new Uint8Array(0)] },
  ];
  return values.map((body) => createLogRecord({ body, resource, instrumentationScope }));
}
