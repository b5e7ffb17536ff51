import { expect, it } from 'vitest';
import { readLogLines } from '../../examples/play/log-line.ts';

it('reads a stored record', () => {
  const record = {
    timestamp: '2026-11-21T10:00:00.123456789Z',
    severity_text: 'WARN',
    body: 'not enough in stock',
    trace_id: 'a'.repeat(32),
    attributes: { line: 7, item: 'tea', price: { amount: 9 }, stack: 'first\nsecond' },
  };
  expect(readLogLines(JSON.stringify(record))).toEqual([
    {
      time: '2026-11-21T10:00:00.123456789Z',
      severity: 'warn',
      text: 'not enough in stock',
      details: 'item=tea price={"amount":9} stack=first',
      traceId: 'a'.repeat(32),
      line: 7,
    },
  ]);
});

it('reads a line for each record, and none for the end', () => {
  expect(readLogLines('{"body":"a"}\n{"body":"b"}\n').map(({ text }) => text)).toEqual(['a', 'b']);
});

it('names the event of a record that has one', () => {
  expect(readLogLines('{"event_name":"collectorless.dropped","body":"3 lost"}')).toMatchObject([
    { text: 'collectorless.dropped: 3 lost', line: undefined },
  ]);
});

it.each([
  ['no JSON', 'plain <b>text</b>'],
  ['a JSON value that is no object', '[1,2]'],
])('shows %s as it is', (_, text) => {
  expect(readLogLines(text)).toMatchObject([{ text, severity: '', line: undefined }]);
});

it('takes fields of any kind, and cuts what is long', () => {
  const text = JSON.stringify({
    timestamp: 5,
    severity_text: null,
    body: { deep: ['x'.repeat(5_000)] },
    attributes: [1],
    trace_id: {},
  });
  const [line] = readLogLines(text);
  expect(line?.text).toHaveLength(301);
  expect(line).toMatchObject({ time: '5', severity: '', details: '', traceId: '{}' });
});

it.each(['timestamp', 'severity_text', 'trace_id', 'event_name'])('cuts %s, too', (field) => {
  const lines = readLogLines(JSON.stringify({ [field]: 'x'.repeat(100_000) }));
  expect(JSON.stringify(lines).length).toBeLessThan(1_000);
});
