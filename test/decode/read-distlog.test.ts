import { describe, expect, it } from 'vitest';
import { decodeLogRecords } from '../../src/decode/decode-log-records.ts';
import type { DecodedLogRecord } from '../../src/decode/decoded-log-record.ts';
import { createEncoder } from '../../src/encode/encoders.ts';
import { makeRecord } from '../encode/support/records.ts';

const document = { name: 'python', levelno: 30, levelname: 'WARNING', created: 5, args: null };

function decode(fields: Record<string, unknown>): DecodedLogRecord | undefined {
  return decodeLogRecords(JSON.stringify({ ...document, ...fields }))[0];
}

describe('the body of a distlog document', () => {
  it('is the message when msg is a template, with its line breaks', () => {
    const fields = { msg: 'order %d of\n%s', message: 'order 17 of\\nGrüße' };
    expect(decode(fields)?.body).toBe('order 17 of\nGrüße');
  });

  it.each(['a\nb', 'a\\nb', 'a\n\\nb', ''])('is %j again when msg is the text itself', (text) => {
    expect(decode({ msg: text, message: text.replaceAll('\n', '\\n') })?.body).toBe(text);
  });

  it('is msg when there is no message', () => {
    expect(decode({ msg: 'a\\nb' })?.body).toBe('a\\nb');
  });
});

describe('what Python says of the place', () => {
  it('becomes attributes', () => {
    const place = { exc_text: 'Trace', pathname: '/app/a.py', lineno: 7, funcName: 'run' };
    expect(decode({ ...place, msg: 'x', processName: 'orders', context: { a: 1 } })).toMatchObject({
      attributes: {
        a: 1,
        'exception.stacktrace': 'Trace',
        'code.file.path': '/app/a.py',
        'code.line.number': 7,
        'code.function.name': 'run',
      },
      resource: { attributes: { 'service.name': 'orders' } },
    });
  });

  it('is nothing where the encoder had nothing to write', () => {
    const [record] = decodeLogRecords(
      createEncoder('distlog-json').encode(
        makeRecord({ attributes: {}, resource: { attributes: {} } }),
      ),
    );
    expect(record).toMatchObject({ attributes: {}, resource: { attributes: {} } });
    expect(Object.keys(record?.attributes ?? {})).toEqual([]);
    expect(Object.keys(record?.resource.attributes ?? {})).toEqual([]);
  });

  it.each([
    [{ 'code.filepath': '/a.js', 'code.lineno': 3, 'code.function': 'f' }],
    [{ 'code.file.path': '/a.js', 'code.line.number': 3, 'code.function.name': 'f' }],
    [{ 'exception.stacktrace': 'at f' }],
  ])('comes back under the names it had: %j', (attributes) => {
    const resource = { attributes: { 'service.name': 'shop' } };
    const bytes = createEncoder('distlog-json').encode(makeRecord({ attributes, resource }));
    const [record] = decodeLogRecords(bytes);
    expect(record?.attributes).toEqual(attributes);
    expect(record?.resource.attributes).toEqual(resource.attributes);
  });
});
