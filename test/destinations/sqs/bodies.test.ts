import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { repairText } from '../../../src/destinations/sqs/repair-text.ts';
import { jsonEncoder } from '../../../src/encode/json-encoder.ts';
import { createHostileLogRecords, createLogRecord } from '../../../src/testing/index.ts';
import { records, uidsOf, withSqs } from './support/sqs-run.ts';

const allowed = /^[\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]*$/u;
const repaired = (text: string): string => Buffer.from(repairText(Buffer.from(text))).toString();

describe('the characters of a body', () => {
  it('that SQS takes stay as they are, emoji and all', () => {
    const text = '\t\n\r ~\u007f\u0085\ud7ff\ue000\ufffd\u{10000}😀👩‍👩‍👧\u{1fffe}\u{10ffff}';
    expect(repaired(text)).toBe(text);
  });

  it('that it refuses are replaced by as many bytes', () => {
    expect(repaired('\u001b[31mred\u001b[0m\u0000')).toBe('?[31mred?[0m?');
    expect(repaired('a\ufffeb\uffffc')).toBe('a\ufffdb\ufffdc');
  });

  it('are legal and of the same length whatever they were, text or bytes', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.string({ unit: 'binary', maxLength: 200 }).map((text) => Buffer.from(text)),
      fc
        .constantFrom('efbfbe', 'efbfbf', 'efbf', 'ef', 'eda080')
        .map((hex) => Buffer.from(hex, 'hex')),
    );
    fc.assert(
      fc.property(bytes, (content) => {
        const before = Buffer.from(content);
        const text = Buffer.from(repairText(content)).toString('utf8');
        expect(text).toMatch(allowed);
        expect(Buffer.byteLength(text)).toBe(content.length);
        expect(Buffer.from(content)).toEqual(before);
      }),
      { numRuns: 500 },
    );
  });

  it('of plain text with colour codes do not cost the message', async () => {
    await withSqs({ encoding: 'body' }, async ({ messages, send }) => {
      const bodies = ['\u001b[32minfo\u001b[39m', 'a\ud800b', '\uffff', '😀'];
      expect(await send(bodies.map((body) => createLogRecord({ body })))).toBe(0);
      expect(messages().map(({ body }) => body)).toEqual([
        '?[32minfo?[39m',
        'a\ufffdb',
        '\ufffd',
        '😀',
      ]);
    });
  });

  it('of an own encoder that writes no UTF-8 do not cost the message either', async () => {
    const encoding = {
      name: 'latin1',
      contentType: 'text/plain',
      isText: true,
      encode: () => Buffer.from([0xe9, 0x74, 0xe9]),
    };
    await withSqs({ encoding }, async ({ messages, send }) => {
      expect(await send(records(1))).toBe(0);
      expect(messages()[0]?.body).toBe('?t?');
    });
  });

  it.each(['json', 'body', 'otlp-json', 'distlog-json', 'msgpack'] as const)(
    'of hostile records in %s are all legal, and every record arrives',
    async (encoding) => {
      await withSqs({ encoding }, async ({ exporter, send, services }) => {
        const hostile = createHostileLogRecords(5, 150);
        await send([...hostile, ...records(5)]);
        const { delivered, dropped } = exporter.stats();
        const invalid = dropped['invalid'] ?? 0;
        expect(delivered + invalid).toBe(155);
        expect(encoding === 'body' || invalid === 0).toBe(true);
        expect(services.sqs.messages.length).toBe(delivered);
      });
    },
  );
});

describe('a body', () => {
  it.each(['none', 'lines'])(
    'of JSON is what the encoder writes (aggregation: %s)',
    async (how) => {
      await withSqs({ aggregation: how }, async ({ messages, send }) => {
        const sent = createHostileLogRecords(7, 200);
        expect(await send(sent)).toBe(0);
        const texts = sent.map((record) => Buffer.from(jsonEncoder().encode(record)).toString());
        const found = messages().flatMap(({ body }) => body.split('\n').filter(Boolean));
        const repairedTexts = texts.filter((text) => text.length < 100_000).map(repaired);
        expect(found.toSorted()).toEqual(expect.arrayContaining(repairedTexts));
      });
    },
  );

  it('of text has no attributes', async () => {
    await withSqs({}, async ({ messages, send, uids }) => {
      const sent = records(2);
      await send(sent);
      expect(uids()).toEqual(uidsOf(sent));
      expect(messages().map(({ attributes }) => attributes)).toEqual([{}, {}]);
    });
  });

  it('of MessagePack is base64, and says so', async () => {
    await withSqs({ encoding: 'msgpack' }, async ({ messages, send }) => {
      await send(records(1));
      const [message] = messages();
      expect(message?.attributes).toEqual({
        'content-type': { DataType: 'String', StringValue: 'application/vnd.msgpack' },
      });
      expect(Buffer.from(message?.body ?? '', 'base64')[0]).toBeGreaterThan(0x7f);
    });
  });

  it.each([
    ['json', 'none', 'application/json'],
    ['json', 'lines', 'application/x-ndjson'],
    ['body', 'none', 'text/plain; charset=utf-8'],
  ] as const)(
    'of %s that is compressed is base64 (aggregation: %s) and says %s',
    async (encoding, aggregation, type) => {
      const options = { encoding, aggregation, compression: 'gzip' };
      await withSqs(options, async ({ messages, send }) => {
        await send(records(3, { body: 'a log record '.repeat(50) }));
        const [message] = messages();
        const value = (StringValue: string): object => ({ DataType: 'String', StringValue });
        expect(message?.attributes).toEqual({
          'content-encoding': value('gzip'),
          'content-type': value(type),
        });
        expect(gunzipSync(Buffer.from(message?.body ?? '', 'base64')).toString()).toContain(
          'a log record',
        );
      });
    },
  );

  it('holds lines up to 64 KiB with the attributes, and a longer line alone', async () => {
    const options = { aggregation: 'lines', messageAttributes: { tenant: 'acme' } };
    await withSqs(options, async ({ batches, messages, send, uids }) => {
      const small = records(2_000, { body: 'x'.repeat(200) });
      const large = createLogRecord({ body: 'y'.repeat(100_000) });
      const sent = [...small.slice(0, 999), large, ...small.slice(999)];
      expect(await send(sent)).toBe(0);
      expect(uids().toSorted()).toEqual(uidsOf(sent).toSorted());
      const bytes = messages().map(
        ({ body }) => Buffer.byteLength(body) + 'tenantStringacme'.length,
      );
      const full = bytes.filter((size) => size > 65_000);
      expect(full.filter((size) => size > 65_536)).toHaveLength(1);
      expect(full.length).toBeGreaterThan(bytes.length * 0.8);
      expect(Math.max(...batches())).toBe(10);
    });
  });

  it('of compressed lines is filled to the size of a message', async () => {
    const options = { aggregation: 'lines', compression: 'gzip' };
    await withSqs(options, async ({ exporter, messages, send }) => {
      expect(await send(records(2_000, { body: 'x'.repeat(200) }))).toBe(0);
      expect(messages().length).toBeLessThanOrEqual(6);
      expect(exporter.stats().delivered).toBe(2_000);
    });
  });
});

describe('message attributes', () => {
  it('come from templates and functions, and records with other values go in other requests', async () => {
    const messageAttributes = {
      service: '{service.name}',
      level: '{severity}',
      tenant: (record: { attributes: Record<string, unknown> }) =>
        String(record.attributes['tenant']),
    };
    await withSqs({ messageAttributes, aggregation: 'lines' }, async ({ messages, send }) => {
      const sent = ['a', 'b', 'a'].map((tenant) => createLogRecord({ attributes: { tenant } }));
      expect(await send(sent)).toBe(0);
      const seen = messages().map(({ attributes, body }) => [
        attributes['service']?.StringValue,
        attributes['level']?.StringValue,
        attributes['tenant']?.StringValue,
        body.split('\n').filter((line) => line !== '').length,
      ]);
      expect(seen.toSorted()).toEqual([
        ['local-service', 'info', 'a', 2],
        ['local-service', 'info', 'b', 1],
      ]);
    });
  });

  it('with hostile values are legal, and their records arrive', async () => {
    const hostile = [
      '',
      'a\u0000b',
      '\ud800',
      '😀'.repeat(300),
      'x'.repeat(5_000),
      '\uffff',
      5,
      null,
    ];
    const messageAttributes = { value: '{attributes.value}' };
    await withSqs({ messageAttributes, maxTargets: 100 }, async ({ messages, send }) => {
      const sent = hostile.map((value) =>
        createLogRecord({ attributes: { value: value as string } }),
      );
      expect(await send(sent)).toBe(0);
      const values = messages().map(({ attributes }) => attributes['value']?.StringValue ?? '');
      expect(values).toHaveLength(hostile.length);
      expect(values.every((value) => value.length <= 256 && value.isWellFormed())).toBe(true);
    });
  });

  it('never appear in what reports tell of a target', async () => {
    const messageAttributes = { token: 'secret-{attributes.token}' };
    await withSqs({ messageAttributes, oversize: 'drop' }, async ({ drops, lines, send }) => {
      await send([createLogRecord({ body: 'x'.repeat(300_000), attributes: { token: 'abc' } })]);
      expect(drops).toHaveLength(1);
      expect(JSON.stringify([drops, lines])).not.toMatch(/secret|abc/);
    });
  });
});
