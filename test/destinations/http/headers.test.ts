import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { HttpLogRecordExporter } from '../../../src/destinations/http/index.ts';
import { createLogRecord, createResource } from '../../../src/testing/index.ts';
import { VERSION } from '../../../src/version.ts';
import { createLogRecords, withHttp } from './support/with-http.ts';

const url = 'http://127.0.0.1:9/';

// Node.js itself leaves `__proto__` out of the headers of an incoming request.
it.each(['constructor', '__proto__', 'toString', 'hasOwnProperty'])(
  'a header may be called %s, fixed, from a template or computed',
  async (name) => {
    const named = (value: string): Record<string, string> => JSON.parse(`{"${name}":"${value}"}`);
    const received: string[] = [];
    const server = createServer(({ rawHeaders }, response) => {
      received.push(
        ...rawHeaders.filter((_, index) => rawHeaders[index - 1] === name.toLowerCase()),
      );
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    for (const headers of [named('a'), named('{attributes.tenant}'), () => named('c')]) {
      const exporter = new HttpLogRecordExporter({ url: `http://127.0.0.1:${port}/`, headers });
      exporter.export([createLogRecord({ attributes: { tenant: 'b' } })], () => {});
      await exporter.shutdown();
    }
    expect(received).toEqual(['a', 'b', 'c']);
  },
);

describe('headers as an object', () => {
  it('sends fixed text, templates and functions of the record', async () => {
    await withHttp(
      {
        headers: {
          Authorization: 'Bearer abc/+==',
          'X-Service': 'svc-{service.name}',
          'X-Tenant': ({ attributes }) => String(attributes['tenant']),
        },
      },
      async ({ http, send }) => {
        const resource = createResource({ 'service.name': 'shop' });
        await send([createLogRecord({ resource, attributes: { tenant: 'blue' } })]);
        expect(http.accepted[0]?.headers).toMatchObject({
          authorization: 'Bearer abc/+==',
          'x-service': 'svc-shop',
          'x-tenant': 'blue',
        });
      },
    );
  });

  it('gives records with other header values a request of their own', async () => {
    await withHttp({ headers: { 'X-Tenant': '{attributes.tenant}' } }, async ({ http, send }) => {
      await send(createLogRecords(4, (index) => ({ attributes: { tenant: `t${index % 2}` } })));
      expect(http.accepted.map(({ headers }) => headers['x-tenant']).sort()).toEqual(['t0', 't1']);
      expect(http.decoded).toHaveLength(4);
    });
  });

  it.each([
    ['a\r\nx-evil: 1', 'v=a__x-evil: 1'],
    ['a;b,c="d"\\', 'v=a_b_c__d__'],
    ['日本 é', 'v=__ _'],
    ['\u0000\u007f', 'v=__'],
    ['', 'v=unknown'],
  ])('makes the value %j harmless', async (tenant, expected) => {
    await withHttp({ headers: { 'x-t': 'v={attributes.tenant}' } }, async ({ http, send }) => {
      await send([createLogRecord({ attributes: { tenant } })]);
      expect(http.accepted[0]?.headers['x-t']).toBe(expected);
      expect(http.accepted[0]?.headers).not.toHaveProperty('x-evil');
    });
  });

  it('lets a content-type be chosen (BA-6)', async () => {
    await withHttp(
      { headers: { 'Content-Type': 'text/plain; charset=utf-8' } },
      async ({ http, send }) => {
        await send([createLogRecord()]);
        expect(http.accepted[0]?.headers['content-type']).toBe('text/plain; charset=utf-8');
      },
    );
  });

  it('names the product, after what userAgent says', async () => {
    await withHttp({ userAgent: 'shop/2.1 (eu)' }, async ({ http, send }) => {
      await send([createLogRecord()]);
      expect(http.accepted[0]?.headers['user-agent']).toBe(
        `shop/2.1 (eu) collectorless/${VERSION}`,
      );
    });
    await withHttp({}, async ({ http, send }) => {
      await send([createLogRecord()]);
      expect(http.accepted[0]?.headers['user-agent']).toBe(`collectorless/${VERSION}`);
    });
  });

  it.each([
    ['a line break', { 'x-a': 'secret\r\nx-b: 1' }],
    ['a control character', { 'x-a': 'secret\u0000' }],
    ['a character over 127', { 'x-a': 'secret é' }],
    ['no text', { 'x-a': 1 }],
    ['an empty text', { 'x-a': '' }],
    ['a very long text', { 'x-a': 'secret'.repeat(2000) }],
    ['a name with a space', { 'x a': 'secret' }],
    ['a name with a line break', { 'x\r\na': 'secret' }],
    ['an empty name', { '': 'secret' }],
    ['a name of the connection', { 'Transfer-Encoding': 'secret' }],
    ['content-length', { 'content-length': '5' }],
    ['content-encoding', { 'content-encoding': 'gzip' }],
    ['the same name twice', { 'X-A': 'secret', 'x-a': 'secret' }],
  ])('refuses %s without telling the value', (_, headers) => {
    const create = (): unknown =>
      new HttpLogRecordExporter({ url, headers: headers as Record<string, string> });
    expect(create).toThrow(
      expect.objectContaining({
        code: 'ERR_INVALID_OPTION',
        message: expect.not.stringContaining('secret'),
      }),
    );
    expect(create).toThrow(/headers/u);
  });

  it.each([[null], ['authorization: x'], [5]])('refuses %j as headers', (headers) => {
    expect(() => new HttpLogRecordExporter({ url, headers: headers as never })).toThrow(
      /Expected `headers` to be an object or a function, got/u,
    );
  });

  it('does not show headers that are a text by mistake, as they may hold a secret', () => {
    const headers: unknown = 'authorization: Bearer s3cret';
    expect(
      () => new HttpLogRecordExporter({ url, headers: headers as Record<string, string> }),
    ).toThrow(/got a text$/u);
  });

  it('shows a userAgent of two lines in one line', () => {
    expect(() => new HttpLogRecordExporter({ url, userAgent: 'shop\nERROR' })).toThrow(
      "got `'shop\uFFFDERROR'`",
    );
  });

  it.each([[''], ['a\nb'], ['é'], [5], [10n]])('refuses the userAgent %o', (userAgent) => {
    expect(() => new HttpLogRecordExporter({ url, userAgent: userAgent as string })).toThrow(
      /Expected `userAgent` to .* got/u,
    );
  });
});
