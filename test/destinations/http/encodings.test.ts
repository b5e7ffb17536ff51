import { SeverityNumber } from '@opentelemetry/api';
import { describe, expect, it } from 'vitest';
import { HttpLogRecordExporter } from '../../../src/destinations/http/index.ts';
import { mergeLogsData } from '../../../src/destinations/http/otlp-body.ts';
import { createLogRecord, createResource } from '../../../src/testing/index.ts';
import { createLogRecords, uidsOf, withHttp } from './support/with-http.ts';

const entryOf = (text: string) => ({
  bytes: Buffer.from(text),
  recordCount: 1,
  timeMillis: 0,
  sequence: 0,
});

interface LogsData {
  readonly resourceLogs: readonly {
    readonly resource?: { readonly attributes: readonly unknown[] };
    readonly scopeLogs: readonly {
      readonly logRecords: readonly {
        readonly attributes: readonly { key: string; value: { stringValue?: string } }[];
      }[];
    }[];
  }[];
}

function otlpUids(message: LogsData): (string | undefined)[] {
  return message.resourceLogs.flatMap(({ scopeLogs }) =>
    scopeLogs.flatMap(({ logRecords }) =>
      logRecords.map(
        ({ attributes }) => attributes.find(({ key }) => key === 'uid')?.value.stringValue,
      ),
    ),
  );
}

describe('the encoding otlp-json', () => {
  it('is one message for all records, as an OTLP/HTTP receiver takes it', async () => {
    await withHttp({ encoding: 'otlp-json' }, async ({ http, send }) => {
      const records = createLogRecords(3, (index) => ({
        resource: createResource({ 'service.name': `s${index}` }),
        severityNumber: SeverityNumber.ERROR,
      }));
      await send(records);
      expect(http.accepted).toHaveLength(1);
      expect(http.accepted[0]?.headers['content-type']).toBe('application/json');
      const message: LogsData = JSON.parse(String(http.accepted[0]?.body));
      expect(Object.keys(message)).toEqual(['resourceLogs']);
      expect(otlpUids(message)).toEqual(uidsOf(records));
    });
  });

  it("is one message a line with framing 'lines'", async () => {
    await withHttp({ encoding: 'otlp-json', framing: 'lines' }, async ({ http, send }) => {
      const records = createLogRecords(2);
      await send(records);
      expect(http.accepted[0]?.headers['content-type']).toBe('application/x-ndjson');
      expect(http.decoded.flatMap((message) => otlpUids(message as LogsData))).toEqual(
        uidsOf(records),
      );
    });
  });

  it.each([
    ['a text', '3'],
    ['a number', 3],
  ])(
    'books what a partial success refuses, told as %s, and sends nothing again',
    async (_, count) => {
      await withHttp({ encoding: 'otlp-json' }, async ({ exporter, http, send }) => {
        http.respondWith({
          body: JSON.stringify({ partialSuccess: { rejectedLogRecords: count } }),
        });
        await send(createLogRecords(5));
        expect(exporter.stats()).toMatchObject({
          delivered: 2,
          dropped: { rejected: 3 },
          requests: 1,
        });
      });
    },
  );

  it.each([
    '',
    '{}',
    'garbage',
    '{"partialSuccess":{}}',
    '{"partialSuccess":null}',
    '{"partialSuccess":{"rejectedLogRecords":-1}}',
    '{"partialSuccess":{"rejectedLogRecords":"many"}}',
    '{"partialSuccess":{"errorMessage":"slow down"}}',
  ])('takes the answer %j as delivered', async (body) => {
    await withHttp({ encoding: 'otlp-json' }, async ({ exporter, http, send }) => {
      http.respondWith({ body });
      await send(createLogRecords(2));
      expect(exporter.stats()).toMatchObject({ delivered: 2, requests: 1 });
    });
  });

  it('never books more refused records than were sent', async () => {
    await withHttp({ encoding: 'otlp-json' }, async ({ exporter, http, send }) => {
      http.respondWith({ body: '{"partialSuccess":{"rejectedLogRecords":"99"}}' });
      await send(createLogRecords(2));
      expect(exporter.stats()).toMatchObject({ delivered: 0, dropped: { rejected: 2 } });
    });
  });

  it.each([
    [500, { dropped: { rejected: 1 }, requests: 1 }],
    [408, { dropped: { rejected: 1 }, requests: 1 }],
    [429, { delivered: 1, requests: 2 }],
    [502, { delivered: 1, requests: 2 }],
    [503, { delivered: 1, requests: 2 }],
    [504, { delivered: 1, requests: 2 }],
  ])('is tried again after the statuses that OTLP names: %i', async (status, stats) => {
    await withHttp({ encoding: 'otlp-json' }, async ({ exporter, http, send }) => {
      http.respondWith({ status });
      await send([createLogRecord()]);
      expect(exporter.stats()).toMatchObject(stats);
    });
  });

  it('is an array of values where they have another form', () => {
    expect(
      mergeLogsData([entryOf('{"resourceLogs":[1]}'), entryOf('{"other":1}')]),
    ).toBeUndefined();
    const merged = mergeLogsData([
      entryOf('{"resourceLogs":[1]}'),
      entryOf('{"resourceLogs":[2,3]}'),
    ]);
    expect(Buffer.from(merged ?? []).toString()).toBe('{"resourceLogs":[1,2,3]}');
  });
});

describe('other encodings', () => {
  it('msgpack is bytes one after the other, without line ends', async () => {
    await withHttp({ encoding: 'msgpack' }, async ({ exporter, http, send }) => {
      await send(createLogRecords(2));
      expect(exporter.stats().delivered).toBe(2);
      const [request] = http.accepted;
      expect(request?.headers['content-type']).toBe('application/vnd.msgpack');
      // A map of up to 15 fields is announced by one byte, and nothing follows the second record's.
      expect((request?.body[0] ?? 0) & 0xf0).toBe(0x80);
      expect(request?.body.at(-1)).not.toBe(0x0a);
    });
  });

  it('distlog-json is NDJSON', async () => {
    await withHttp({ encoding: 'distlog-json' }, async ({ http, send }) => {
      await send(createLogRecords(2));
      expect(http.accepted[0]?.headers['content-type']).toBe('application/x-ndjson');
      expect(http.decoded).toHaveLength(2);
    });
  });

  it('a name that is none is refused at construction', () => {
    expect(
      () => new HttpLogRecordExporter({ url: 'http://h/', encoding: 'xml' as 'json' }),
    ).toThrow(/Expected `encoding`/u);
  });
});
