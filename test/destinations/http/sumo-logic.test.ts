import { hostname } from 'node:os';
import { describe, expect, it } from 'vitest';
import { HttpLogRecordExporter } from '../../../src/destinations/http/index.ts';
import { createLogRecord, createResource } from '../../../src/testing/index.ts';
import { VERSION } from '../../../src/version.ts';
import { toldLines } from '../../support/told-lines.ts';
import { createLogRecords, withHttp } from './support/with-http.ts';

const preset = 'sumologic';
const url = 'http://127.0.0.1:9/';

describe("preset 'sumologic'", () => {
  it('says of the records what the resource tells', async () => {
    await withHttp({ preset }, async ({ http, send }) => {
      const resource = createResource({
        'service.name': 'cart',
        'service.namespace': 'shop/eu',
        'host.name': 'web-1',
      });
      await send([createLogRecord({ resource })]);
      expect(http.accepted[0]?.headers).toMatchObject({
        'x-sumo-category': 'shop_eu/cart',
        'x-sumo-host': 'web-1',
        'x-sumo-name': 'cart',
        'x-sumo-client': `collectorless/${VERSION}`,
      });
      expect(http.accepted[0]?.headers).not.toHaveProperty('x-sumo-fields');
    });
  });

  it('does without namespace and host', async () => {
    await withHttp({ preset }, async ({ http, send }) => {
      await send([createLogRecord({ resource: createResource({ 'service.name': 'cart' }) })]);
      expect(http.accepted[0]?.headers).toMatchObject({
        'x-sumo-category': 'cart',
        'x-sumo-host': hostname(),
      });
    });
  });

  it('takes templates for all of them, and headers beside', async () => {
    await withHttp(
      {
        preset,
        sumo: {
          name: 'n-{attributes.file}',
          host: '{service.instance.id}',
          category: 'prod/{service.name}/{severity}',
          fields: { team: 'payments', tenant: '{attributes.tenant}' },
        },
        headers: { 'x-more': '1', 'X-Sumo-Client': 'own' },
      },
      async ({ http, send }) => {
        await send([createLogRecord({ attributes: { file: 'a.ts', tenant: 'x,admin=true' } })]);
        expect(http.accepted[0]?.headers).toMatchObject({
          'x-sumo-name': 'n-a.ts',
          'x-sumo-host': 'instance-1',
          'x-sumo-category': 'prod/local-service/info',
          'x-sumo-fields': 'team=payments,tenant=x_admin_true',
          'x-sumo-client': 'own',
          'x-more': '1',
        });
      },
    );
  });

  it('gives records with other metadata a request of their own', async () => {
    await withHttp(
      { preset, sumo: { fields: { tenant: '{attributes.tenant}' } } },
      async ({ http, send }) => {
        await send(createLogRecords(4, (index) => ({ attributes: { tenant: `t${index % 2}` } })));
        expect(http.accepted.map(({ headers }) => headers['x-sumo-fields']).sort()).toEqual([
          'tenant=t0',
          'tenant=t1',
        ]);
      },
    );
  });

  it('does not take the metadata of one service for those beyond maxTargets', async () => {
    await withHttp({ preset, maxTargets: 1 }, async ({ http, send }) => {
      await send(
        createLogRecords(3, (index) => ({
          resource: createResource({ 'service.name': `s${index}`, 'host.name': `h${index}` }),
        })),
      );
      const categories = http.accepted.map(({ headers }) => headers['x-sumo-category']);
      expect(categories.sort()).toEqual(['overflow', 's0']);
      const overflow = http.accepted.find(({ headers }) => headers['x-sumo-host'] === 'overflow');
      expect(overflow?.headers['x-sumo-name']).toBe('overflow');
      expect(http.decoded).toHaveLength(3);
    });
  });

  it('keeps a value within the 200 characters that a field may have', async () => {
    await withHttp(
      { preset, sumo: { fields: { long: '{attributes.long}' } } },
      async ({ http, send }) => {
        await send([createLogRecord({ attributes: { long: 'x'.repeat(500) } })]);
        const value = String(http.accepted[0]?.headers['x-sumo-fields']).slice('long='.length);
        expect(value).toMatch(/^x+-[0-9a-f]{8}$/u);
        expect(value).toHaveLength(200);
      },
    );
  });

  it('takes as many fields as Sumo Logic does, and no more', () => {
    const create = (count: number) => (): unknown => {
      const names = Array.from({ length: count }, (_, index) => [`field${index}`, 'a']);
      return new HttpLogRecordExporter({
        url,
        preset,
        sumo: { fields: Object.fromEntries(names) },
      });
    };
    expect(create(30)).not.toThrow();
    expect(create(31)).toThrow('Expected `sumo.fields.field30` to be one of at most 30');
  });

  it('keeps requests within 1 MB', async () => {
    await withHttp({ preset }, async ({ http, send }) => {
      await send(createLogRecords(300, () => ({ body: 'x'.repeat(10_000) })));
      expect(http.decoded).toHaveLength(300);
      for (const { body } of http.accepted) expect(body.length).toBeLessThanOrEqual(1_000_000);
    });
    expect(() => new HttpLogRecordExporter({ url, preset, maxRequestBytes: 1_000_001 })).toThrow(
      /Expected `maxRequestBytes` to be .* <= 1000000 \(a limit of Sumo Logic\), got `1000001`/u,
    );
  });

  it('tells once of what the service complains of in a 200', async () => {
    const lines = toldLines();
    await withHttp({ preset }, async ({ exporter, http, send }) => {
      http.respondWith({
        body: JSON.stringify({
          status: 200,
          id: 'YBLR1-11111-11111',
          code: 'bad.http.header.fields',
          message: 'X-Sumo-Fields Warning: 14 key-value pairs are dropped',
        }),
        times: 3,
      });
      for (let index = 0; index < 3; index += 1) await send([createLogRecord()]);
      http.respondWith({ body: 'OK' }, { body: '{"code":5}' }, { body: 'null' });
      for (let index = 0; index < 3; index += 1) await send([createLogRecord()]);
      expect(exporter.stats()).toMatchObject({ delivered: 6, requests: 6 });
      await expect.poll(() => lines.filter((line) => line.includes('complained'))).toHaveLength(1);
      expect(lines.find((line) => line.includes('complained'))).toContain(
        'bad.http.header.fields: X-Sumo-Fields Warning: 14 key-value pairs are dropped',
      );
    });
  });

  it.each([
    [{ sumo: {} }, "Expected `preset: 'sumologic'` with `sumo`"],
    [{ preset: 'splunk' }, "Expected `preset` to be one of 'sumologic', got `'splunk'`"],
    [{ preset, sumo: null }, 'Expected `sumo` to be an object'],
    [{ preset, sumo: { category: 'a\r\nb' } }, 'Expected `sumo.category` to have only printable'],
    [{ preset, sumo: { name: '' } }, 'Expected `sumo.name` to be a non-empty text'],
    [{ preset, sumo: { fields: { 'a b': 'c' } } }, 'the name of `sumo.fields.a b`'],
    [{ preset, sumo: { fields: { 'a,b': 'c' } } }, 'the name of `sumo.fields.a b`'],
    [{ preset, sumo: { fields: { a: 'x,b=c' } } }, 'Expected `sumo.fields.a` to have no ","'],
    [{ preset, sumo: { fields: { a: 5 } } }, 'Expected `sumo.fields.a` to be a text'],
    [
      {
        preset,
        sumo: { fields: Object.fromEntries(Array.from({ length: 31 }, (_, i) => [`f${i}`, 'v'])) },
      },
      'Expected `sumo.fields.f30` to be one of at most 30 `sumo.fields` (a limit of Sumo Logic), got 31',
    ],
  ])('refuses %j at construction', (options, message) => {
    expect(() => new HttpLogRecordExporter({ url, ...(options as object) })).toThrow(
      expect.objectContaining({
        code: 'ERR_INVALID_OPTION',
        message: expect.stringContaining(message),
      }),
    );
  });
});
