import { describe, expect, it } from 'vitest';
import { distlogJsonEncoder } from '../../src/encode/distlog-json-encoder.ts';
import { fitRecord } from '../../src/encode/fit-record.ts';
import { cycle } from './support/hostile-objects.ts';
import { makeRecord, parse, UID } from './support/records.ts';

const encoder = distlogJsonEncoder();
const documentOf = (other: object): Record<string, unknown> =>
  parse(encoder.encode(makeRecord({ ...other })));

describe('the distlog document', () => {
  it("has the fields of Python's LogRecord in their order", () => {
    const record = {
      hrTime: [1_700_000_000, 250_500_000],
      body: 'first\nsecond',
      spanContext: { traceId: 'A'.repeat(32), spanId: 'b'.repeat(16), traceFlags: 1 },
      attributes: {
        uid: UID,
        'code.file.path': '/srv/app/orders.py',
        'code.line.number': 12,
        'code.function.name': 'place',
        'thread.id': 5,
        'thread.name': 'worker',
        'exception.stacktrace': 'Traceback',
      },
      resource: { attributes: { 'service.name': 'shop', 'process.pid': 77, 'host.name': 'web-1' } },
    };
    const document = documentOf(record);
    expect(document).toEqual({
      name: 'lib',
      msg: 'first\nsecond',
      args: null,
      levelname: 'INFO',
      levelno: 20,
      pathname: '/srv/app/orders.py',
      filename: 'orders.py',
      module: 'orders',
      exc_info: null,
      exc_text: 'Traceback',
      stack_info: null,
      lineno: 12,
      funcName: 'place',
      created: 1_700_000_000.2505,
      msecs: 250.5,
      relativeCreated: 0,
      thread: 5,
      threadName: 'worker',
      processName: 'shop',
      process: 77,
      message: 'first\\nsecond',
      asctime: '2023-11-14 22:13:20,250',
      hostname: 'web-1',
      context: {
        ...record.attributes,
        trace_id: 'a'.repeat(32),
        span_id: 'b'.repeat(16),
        trace_flags: '01',
      },
    });
    expect(Object.keys(document).slice(0, 5)).toEqual([
      'name',
      'msg',
      'args',
      'levelname',
      'levelno',
    ]);
  });

  it.each([
    [undefined, 'NOTSET', 0],
    [1, 'DEBUG', 10],
    [8, 'DEBUG', 10],
    [9, 'INFO', 20],
    [13, 'WARNING', 30],
    [17, 'ERROR', 40],
    [21, 'CRITICAL', 50],
    [24, 'CRITICAL', 50],
  ])('maps severity %s to %s', (severityNumber, levelname, levelno) => {
    expect(documentOf({ severityNumber })).toMatchObject({ levelname, levelno });
  });

  it('has the JSON text of a body that is no string', () => {
    expect(documentOf({ body: { a: [1] } })).toMatchObject({
      msg: '{"a":[1]}',
      message: '{"a":[1]}',
    });
    expect(documentOf({ body: undefined })).toMatchObject({ msg: '' });
  });

  it.each([
    [12n, '12'],
    [new Uint8Array([0, 255, 1]), 'AP8B'],
    [Number.NaN, 'NaN'],
  ])('has the bare text of the body %o', (body, text) => {
    expect(documentOf({ body })).toMatchObject({ msg: text, message: text });
  });

  it('refuses static fields with the name of its own', () => {
    expect(() => distlogJsonEncoder({ staticFields: { levelno: 1 } })).toThrow(
      expect.objectContaining({ code: 'ERR_INVALID_OPTION' }),
    );
    const own = distlogJsonEncoder({ staticFields: { env: 'test' } });
    expect(parse(own.encode(makeRecord()))).toMatchObject({ env: 'test' });
  });

  it('survives hostile values and records', () => {
    expect(documentOf({ attributes: { uid: UID, cycle: cycle() } })['context']).toMatchObject({
      uid: UID,
    });
    expect(documentOf({ hrTime: [Number.NaN, 0] })).toMatchObject({ created: null, asctime: null });
    for (const record of [null, 5, {}, new Proxy({}, { get: () => JSON.parse('{') as never })]) {
      expect(parse(encoder.encode(record as never))).toHaveProperty('levelno');
    }
  });
});

describe('a distlog document that is too large', () => {
  const bodies = ['e', 'é', '日', '😀', '"', '\n', 'aé日😀"\n'].map((text) => text.repeat(20_000));

  it.each(bodies)('is cut to nearly all the room there is (%#)', (body) => {
    for (const maxBytes of [2500, 2511, 20_000]) {
      const options = { maxBytes, mode: 'truncate', createId: () => 'id' } as const;
      const [piece] = fitRecord(makeRecord({ body }), encoder, options) ?? [];
      expect(piece?.length).toBeLessThanOrEqual(maxBytes);
      expect(piece?.length).toBeGreaterThan(0.98 * maxBytes);
    }
  });

  it.each(bodies)('is split into parts that join to every byte (%#)', (body) => {
    const options = { maxBytes: 2500, mode: 'split', createId: () => 'id' } as const;
    const parts = fitRecord(makeRecord({ body }), encoder, options) ?? [];
    expect(parts.every(({ length }) => length <= 2500)).toBe(true);
    expect(parts.map((part) => parse(part)['msg']).join('')).toBe(body);
  });
});
