import { describe, expect, it } from 'vitest';
import { decodeLogRecords } from '../../src/decode/decode-log-records.ts';
import { createEncoder } from '../../src/encode/encoders.ts';
import { makeRecord } from '../encode/support/records.ts';

const formOf = (fields: Record<string, string>): string => new URLSearchParams(fields).toString();

describe('the fields of a form that hold text', () => {
  it('stay text when they look like numbers or words of JSON', () => {
    const form = formOf({
      timestamp: '2026-01-01T00:00:00.5Z',
      severity_text: '123',
      event_name: 'true',
      body: '5',
      severity_number: '9',
    });
    expect(decodeLogRecords(form)).toMatchObject([
      { severityText: '123', eventName: 'true', body: '5', severityNumber: 9 },
    ]);
  });

  it('stay text in a distlog document', () => {
    const form = formOf({ name: '7', msg: '[1]', levelname: '9', levelno: '20', created: '5' });
    expect(decodeLogRecords(form)).toMatchObject([
      { body: '[1]', severityText: '9', instrumentationScope: { name: '7' }, hrTime: [5, 0] },
    ]);
  });
});

describe('attributes of OTLP/JSON named like what the encoder writes', () => {
  it.each<[string, Record<string, unknown>]>([
    ['a name of no note', { 'collectorless.truncated.x': 'mine' }],
    ['a prototype', { 'collectorless.part.__proto__': { polluted: 1 } }],
    ['a note with more words', { 'collectorless.sequence.id.more': 'mine' }],
    ['half a note', { 'collectorless.sequence.id': 'mine' }],
    [
      'a note with other values',
      { 'collectorless.sequence.id': 'mine', 'collectorless.sequence.number': 'seven' },
    ],
    [
      'a part that cannot be',
      {
        'collectorless.part.id': 'a',
        'collectorless.part.index': 5,
        'collectorless.part.count': 2,
        'collectorless.part.fields': ['body'],
      },
    ],
  ])('stay: %s', (_, attributes) => {
    const bytes = createEncoder('otlp-json').encode(makeRecord({ attributes }));
    const [record] = decodeLogRecords(bytes);
    expect(record?.attributes).toEqual(attributes);
    expect(record).not.toHaveProperty('sequence');
    expect(record).not.toHaveProperty('part');
    expect(record).not.toHaveProperty('truncated');
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

describe('words that are base64 by their letters', () => {
  it.each(['idle', 'idle\n', 'gaXh', 'gICA', 'H4sIAAAA', 'H4sI', 'KLUv', 'gzip', 'kLUv/Qo='])(
    '%j is text',
    (text) => {
      expect(decodeLogRecords(text).map(({ body }) => body)).toEqual([text.trim()]);
    },
  );
});
