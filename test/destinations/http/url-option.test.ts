import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileUrl, escapeUrlValue } from '../../../src/destinations/http/url-option.ts';
import { createLogRecord, createResource } from '../../../src/testing/index.ts';
import { createLogRecords, withHttp } from './support/with-http.ts';

const render = (template: string, tenant: unknown): URL =>
  new URL(
    compileUrl(template).render(createLogRecord({ attributes: { tenant: tenant as string } })),
  );

describe('the url option', () => {
  it('takes values from resource and record (CA-4)', async () => {
    await withHttp(
      { url: (base) => `${base}/{service.name}/{attributes.user}?level={severity}` },
      async ({ http, send }) => {
        const resource = createResource({ 'service.name': 'shop' });
        await send([createLogRecord({ resource, attributes: { user: 'ann lee' } })]);
        expect(http.accepted.map(({ path }) => path)).toEqual(['/shop/ann%20lee']);
        expect(http.accepted[0]?.query.get('level')).toBe('info');
      },
    );
  });

  it('may be a URL', async () => {
    await withHttp({ url: (base) => new URL('/a b/{x}?k=1', base) }, async ({ http, send }) => {
      await send([createLogRecord()]);
      expect(http.accepted[0]?.path).toBe('/a%20b/%7Bx%7D');
      expect(http.accepted[0]?.query.get('k')).toBe('1');
    });
  });

  it('sends records of different addresses in different requests', async () => {
    await withHttp({ url: (base) => `${base}/{attributes.tenant}` }, async ({ http, send }) => {
      await send(createLogRecords(6, (index) => ({ attributes: { tenant: `t${index % 2}` } })));
      const sizes = http.accepted.map(({ body, path }) => [
        path,
        body.toString().trim().split('\n').length,
      ]);
      expect(sizes.sort()).toEqual([
        ['/t0', 3],
        ['/t1', 3],
      ]);
    });
  });

  it('keeps a value in its path segment, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (tenant) => {
        const url = render('http://h:1/a/{attributes.tenant}/b?c=1', tenant);
        expect(url.origin).toBe('http://h:1');
        expect(url.search).toBe('?c=1');
        expect(url.hash).toBe('');
        expect(url.pathname.split('/')).toHaveLength(4);
        expect(url.pathname).toMatch(/^\/a\/[^/]+\/b$/u);
      }),
    );
  });

  it('keeps a value in its query value, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 100 }), (tenant) => {
        const url = render('http://h/a?x={attributes.tenant}&y=2', tenant);
        expect(url.pathname).toBe('/a');
        expect([...url.searchParams.keys()]).toEqual(['x', 'y']);
        expect(url.searchParams.get('y')).toBe('2');
        if (!/^\.+$/u.test(tenant)) expect(url.searchParams.get('x')).toBe(tenant.toWellFormed());
      }),
    );
  });

  it.each(['.', '..', '...', '%2e', '%2e%2e', '../../admin', '..\\..', '@evil.example', '//evil'])(
    'never steps out of the path for the value %s',
    (value) => {
      const url = render('http://h/a/{attributes.tenant}/b', value);
      expect(url.host).toBe('h');
      expect(url.pathname).toMatch(/^\/a\/[^/]+\/b$/u);
      expect(render('http://h/a/.{attributes.tenant}/b', value).pathname).toMatch(
        /^\/a\/[^/]+\/b$/u,
      );
      expect(render('http://h/a/{attributes.tenant}{attributes.tenant}/b', value).pathname).toMatch(
        /^\/a\/[^/]+\/b$/u,
      );
    },
  );

  it('of 512 characters is whole', () => {
    expect(escapeUrlValue('x'.repeat(512))).toBe('x'.repeat(512));
    expect(escapeUrlValue('x'.repeat(513))).toMatch(/^x{503}-[0-9a-f]{8}$/u);
  });

  it('shortens a long value between characters and keeps long values apart', () => {
    const one = escapeUrlValue(`${'é'.repeat(1000)}1`);
    const two = escapeUrlValue(`${'é'.repeat(1000)}2`);
    expect(one.length).toBeLessThanOrEqual(512);
    expect(() => decodeURIComponent(one)).not.toThrow();
    expect(one).not.toBe(two);
  });

  it('says unknown for a value that is missing', () => {
    expect(render('http://h/{attributes.nothing}', 'x').pathname).toBe('/unknown');
  });

  it('takes a function of the record, which may choose the host', async () => {
    await withHttp(
      { url: (base) => (record) => `${base}/${String(record.attributes['tenant'])}` },
      async ({ http, send }) => {
        await send([createLogRecord({ attributes: { tenant: 'blue' } })]);
        expect(http.accepted.map(({ path }) => path)).toEqual(['/blue']);
      },
    );
  });

  it.each([
    ['nothing', () => undefined],
    ['no address', () => 'somewhere'],
    ['another scheme', () => 'file:///etc/passwd'],
    ['credentials', () => 'http://user:secret@h/'],
    [
      'an error',
      () => {
        throw new Error('secret');
      },
    ],
  ])(
    'drops a record as invalid for which the function answers %s, and no neighbour',
    async (_, bad) => {
      await withHttp(
        {
          url: (base) => (record) =>
            record.attributes['bad'] === true ? (bad() as string) : `${base}/logs`,
        },
        async ({ exporter, http, send }) => {
          const error = await send(
            createLogRecords(3, (index) => ({ attributes: { bad: index === 1 } })),
          );
          expect(http.decoded).toHaveLength(2);
          expect(exporter.stats().dropped).toEqual({ invalid: 1 });
          expect(String(error)).not.toContain('secret');
        },
      );
    },
  );

  it('sends what is more than maxTargets to one overflow address', async () => {
    await withHttp(
      { url: (base) => `${base}/{attributes.tenant}`, maxTargets: 2, concurrencyLimit: 8 },
      async ({ http, send }) => {
        await send(createLogRecords(5, (index) => ({ attributes: { tenant: `t${index}` } })));
        expect(http.decoded).toHaveLength(5);
        expect(http.accepted.map(({ path }) => path).sort()).toEqual(['/overflow', '/t0', '/t1']);
      },
    );
  });

  it.each([
    [undefined, 'http or https address'],
    ['', 'fixed `http://`'],
    ['logs.example.com', 'fixed `http://`'],
    ['ftp://logs.example.com/', 'fixed `http://`'],
    ['https://{tenant}.example.com/', 'only a function may choose the host'],
    ['https://example.com{x}', 'fixed `http://`'],
    ['https://example.com:{port}/', 'fixed `http://`'],
    ['{base}/logs', 'fixed `http://`'],
    ['https://user:secret@example.com/', 'no user name and password'],
    ['https://token@example.com/', 'no user name and password'],
    ['https://example.com\\@evil.example/', 'user name and password'],
    ['https://example.com/a b', 'no spaces'],
    ['https://example.com/\r\nx', 'no spaces'],
    ['https://example.com/#part', 'fragment'],
    ['https://example.com:99999/', 'an address'],
    [`https://example.com/${'x'.repeat(5000)}`, '4096 characters'],
  ])('refuses %j at construction', (option, message) => {
    expect(() => compileUrl(option as string)).toThrow(
      expect.objectContaining({
        code: 'ERR_INVALID_OPTION',
        message: expect.stringMatching(/Expected `url` to .*, got /su),
      }),
    );
    expect(() => compileUrl(option as string)).toThrow(message);
  });

  it('never shows credentials or a path in its errors', () => {
    for (const url of ['https://user:secret@h/', 'https://h/secret path']) {
      expect(() => compileUrl(url)).toThrow(
        expect.objectContaining({ message: expect.not.stringContaining('secret') }),
      );
    }
  });

  it('tells of a drop by scheme and host, as the path may be a secret', async () => {
    const targets: string[] = [];
    await withHttp(
      {
        url: (base) => `${base}/receiver/v1/http/SECRET`,
        headers: { authorization: 'Bearer {attributes.token}' },
        onDrop: ({ error, target }) => targets.push(target, String(error)),
      },
      async ({ http, send }) => {
        http.respondWith({ status: 400, body: 'SECRET', headers: { 'x-echo': 'SECRET' } });
        const error = await send([createLogRecord({ attributes: { token: 'SECRET' } })]);
        expect(targets).toEqual([http.url, 'ServiceError: HTTP 400 Bad Request']);
        expect(`${String(error)} ${String(error?.cause)}`).not.toContain('SECRET');
      },
    );
  });
});
