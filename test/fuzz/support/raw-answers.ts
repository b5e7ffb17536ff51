import fc from 'fast-check';
import { mutated } from './mutations.ts';
import type { RawAnswer } from './raw-server.ts';

const statusLine = fc
  .tuple(
    fc.constantFrom('HTTP/1.1', 'HTTP/1.0', 'HTTP/9.9', 'HTTP/1.1 ', 'ICY', ''),
    fc.oneof(
      fc.constantFrom(
        100,
        101,
        102,
        200,
        202,
        204,
        206,
        301,
        307,
        308,
        400,
        401,
        413,
        429,
        500,
        503,
      ),
      fc.integer({ min: -1, max: 1_000 }),
    ),
  )
  .map(([version, status]) => `${version} ${status} Some Reason`);

const header = fc.oneof(
  fc.constantFrom(
    'content-length: 0',
    'content-length: 5',
    'content-length: 99999999999999999999',
    'content-length: -1',
    'transfer-encoding: chunked',
    'transfer-encoding: gzip',
    'content-encoding: gzip',
    'content-type: application/json',
    'connection: close',
    'connection: upgrade',
    'upgrade: h2c',
    'retry-after: 99999999999999',
    'retry-after: -1',
    'retry-after: Wed, 21 Oct 2099 07:28:00 GMT',
    'date: nonsense',
    'location: /',
    'location: http://127.0.0.1:1/',
    'location: javascript:1',
    'set-cookie: a=b',
  ),
  fc.integer({ min: 1, max: 40_000 }).map((length) => `x-long: ${'x'.repeat(length)}`),
  fc.string({ maxLength: 40 }).map((text) => `x-any: ${text}`),
);

const body = fc.oneof(
  fc.constantFrom(
    '',
    '5\r\nhello\r\n0\r\n\r\n',
    'ffffffffffffffff\r\nx',
    'zz\r\n',
    '5;ext=1\r\nhel',
    'hello',
    '{"partialSuccess":{"rejectedLogRecords":"9"}}',
    '{"partialSuccess":{"rejectedLogRecords":-1e99}}',
    '{"id":1,"errors":[{"code":"x","message":1}]}',
    '[]',
    'null',
  ),
  fc.json(),
  fc.string({ unit: 'binary', maxLength: 200 }),
);

/** An answer that is HTTP, or nearly; `bodies` stand in it more often than others. */
export function rawAnswers(bodies: fc.Arbitrary<string> = body): fc.Arbitrary<RawAnswer> {
  const wellFormed = fc
    .tuple(statusLine, fc.array(header, { maxLength: 4 }), fc.oneof(bodies, body))
    .map(([status, headers, text]) => Buffer.from([status, ...headers, '', text].join('\r\n')));
  const framed = fc
    .tuple(fc.constantFrom(200, 200, 400, 413, 500), bodies)
    .map(([status, text]) =>
      Buffer.from(
        `HTTP/1.1 ${status} X\r\ncontent-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`,
      ),
    );
  const informational = fc
    .integer({ min: 1, max: 300 })
    .map((count) => Buffer.from('HTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\n'.repeat(count)));
  const bytes = fc.oneof(
    wellFormed,
    { weight: 5, arbitrary: framed },
    mutated(wellFormed),
    mutated(framed),
    fc.tuple(informational, framed).map((both) => Buffer.concat(both)),
    informational,
    fc.uint8Array({ maxLength: 200 }).map((garbage) => Buffer.from(garbage)),
  );
  return fc
    .tuple(bytes, fc.integer({ min: 1, max: 5 }), fc.constantFrom('close', 'reset', 'stay'))
    .map(([all, count, end]) => ({ pieces: inPieces(all, count), end }));
}

function inPieces(bytes: Buffer, count: number): Buffer[] {
  const size = Math.max(1, Math.ceil(bytes.length / count));
  return Array.from({ length: count }, (_, index) =>
    bytes.subarray(index * size, (index + 1) * size),
  ).filter((piece) => piece.length > 0);
}
