import assert from 'node:assert/strict';
import fc from 'fast-check';
import { HttpLogRecordExporter } from '../../../src/destinations/http/index.ts';
import { checkFates, QUICK_OPTIONS } from '../support/check-fates.ts';
import { type FuzzLaw, law } from '../support/fuzz-law.ts';
import { rawAnswers } from '../support/raw-answers.ts';
import { startRawServer } from '../support/raw-server.ts';

const options = fc.record({
  encoding: fc.constantFrom('json' as const, 'otlp-json' as const, 'msgpack' as const),
  partialAcceptance: fc.constantFrom(
    undefined,
    ({ body }: { readonly body: string }) => JSON.parse(body),
    () => 'accepted' as const,
  ),
});

export const httpLaws: readonly FuzzLaw[] = [
  law(
    'whatever the server answers, each record is delivered or dropped with a reason',
    40,
    fc.asyncProperty(
      fc.array(rawAnswers(), { minLength: 1, maxLength: 3 }),
      options,
      async (answers, { encoding, partialAcceptance }) => {
        await using server = await startRawServer(answers);
        const exporter = new HttpLogRecordExporter({
          ...QUICK_OPTIONS,
          url: `${server.url}/logs`,
          encoding,
          ...(partialAcceptance !== undefined && { partialAcceptance }),
          ...(encoding === 'msgpack' && { framing: 'single' }),
        });
        await checkFates(exporter);
      },
    ),
  ),
  law(
    'a server that talks without end is listened to for some bytes only',
    6,
    fc.asyncProperty(
      fc.constantFrom(
        'HTTP/1.1 200 OK\r\n\r\n',
        'HTTP/1.1 503 No\r\n\r\n',
        'HTTP/1.1 200 OK\r\nx: ',
        'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nfffffff\r\n',
      ),
      options,
      async (head, { encoding }) => {
        const megabyte = Buffer.alloc(1_000_000, 'x');
        const pieces = [Buffer.from(head), ...Array<Buffer>(200).fill(megabyte)];
        await using server = await startRawServer([{ pieces, end: 'stay' }]);
        const exporter = new HttpLogRecordExporter({
          ...QUICK_OPTIONS,
          url: `${server.url}/logs`,
          encoding,
          ...(encoding === 'msgpack' && { framing: 'single' }),
        });
        await checkFates(exporter);
        assert.ok(server.readBytes() < 50_000_000, `${server.readBytes()} bytes`);
      },
    ),
  ),
];
