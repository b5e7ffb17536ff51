/** What a call carries: entries as our packer gives them, all text. */
export interface CallContent {
  readonly service: 'firehose' | 'cloudwatch-logs' | 'sqs';
  readonly entries: readonly Uint8Array[];
}

export type CallName =
  | 'Firehose, 500 × 1 KB, one record each'
  | 'Firehose, the same bytes in one record of lines'
  | 'Firehose, 4 records of 950 KB of lines'
  | 'CloudWatch Logs, 1 MiB, 998 events'
  | 'CloudWatch Logs, 10,000 events of 78 B'
  | 'SQS, 10 × 100 KB';

export interface MeasuredContent {
  readonly name: CallName;
  /** What ours may cost at most, the stock client at 1. */
  readonly goal: number;
  readonly make: () => CallContent;
}

export const CALL_CONTENTS: readonly MeasuredContent[] = [
  {
    name: 'Firehose, 500 × 1 KB, one record each',
    goal: 0.6,
    make: () => firehose(jsonLines(500, 1024)),
  },
  {
    name: 'Firehose, the same bytes in one record of lines',
    goal: 0.6,
    make: () => firehose([Buffer.concat(jsonLines(500, 1024))]),
  },
  {
    name: 'Firehose, 4 records of 950 KB of lines',
    goal: 0.6,
    make: () => firehose(Array.from({ length: 4 }, () => Buffer.concat(jsonLines(950, 1024)))),
  },
  {
    name: 'CloudWatch Logs, 1 MiB, 998 events',
    goal: 0.6,
    make: () => cloudWatchLogs(jsonLines(998, 1024)),
  },
  {
    name: 'CloudWatch Logs, 10,000 events of 78 B',
    goal: 0.6,
    make: () => cloudWatchLogs(jsonLines(10_000, 79)),
  },
  {
    name: 'SQS, 10 × 100 KB',
    goal: 0.5,
    make: () => ({
      service: 'sqs',
      entries: Array.from({ length: 10 }, () => Buffer.concat(jsonLines(100, 1024))),
    }),
  },
];

function firehose(entries: readonly Uint8Array[]): CallContent {
  return { service: 'firehose', entries };
}

function cloudWatchLogs(lines: readonly Uint8Array[]): CallContent {
  return { service: 'cloudwatch-logs', entries: lines.map((line) => line.subarray(0, -1)) };
}

/** Records as the `json` encoding writes them, a line each, of exactly so many bytes with the newline. */
function jsonLines(count: number, bytes: number): Buffer[] {
  return Array.from({ length: count }, (_, index) => {
    const record =
      bytes < 200
        ? { severity_text: 'INFO', body: `request ${index} handled` }
        : {
            timestamp: '2026-11-21T06:53:20.123456789Z',
            severity_number: 9,
            severity_text: 'INFO',
            body: `request ${index} handled: `,
            trace_id: '0af7651916cd43dd8448eb211c80319c',
            span_id: 'b7ad6b7169203331',
            trace_flags: '01',
            attributes: {
              'http.request.method': 'GET',
              'http.response.status_code': 200,
              'url.path': '/api/v1/orders/12345',
              'user.id': index,
              cached: index % 3 === 0,
              tags: ['a', 'b', 'c'],
            },
            resource: Object.fromEntries(
              Array.from({ length: 10 }, (_, i) => [`resource.attribute.${i}`, `value ${i}`]),
            ),
            scope: { name: 'bench' },
          };
    const missing = bytes - 1 - Buffer.byteLength(JSON.stringify(record));
    const body = record.body + 'x'.repeat(missing);
    return Buffer.from(`${JSON.stringify({ ...record, body })}\n`);
  });
}
