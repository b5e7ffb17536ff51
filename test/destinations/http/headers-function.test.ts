import { describe, expect, it } from 'vitest';
import { createLogRecord, createResource } from '../../../src/testing/index.ts';
import { createLogRecords, withHttp } from './support/with-http.ts';

describe('headers as a function (BA-4)', () => {
  it('is asked once a request, with key, resource and count', async () => {
    const asked: unknown[] = [];
    await withHttp(
      {
        groupBy: ({ attributes }) => String(attributes['tenant']),
        headers: async ({ count, key, resource }) => {
          asked.push([key, resource.attributes['service.name'], count]);
          return { 'X-Sumo-Category': `app/${key}`, 'x-left-out': undefined };
        },
      },
      async ({ http, send }) => {
        const resource = createResource({ 'service.name': 'shop' });
        await send(
          createLogRecords(5, (index) => ({
            resource,
            attributes: { tenant: index < 3 ? 'a' : 'b' },
          })),
        );
        expect(asked.sort()).toEqual([
          ['a', 'shop', 3],
          ['b', 'shop', 2],
        ]);
        expect(http.accepted.map(({ headers }) => headers['x-sumo-category']).sort()).toEqual([
          'app/a',
          'app/b',
        ]);
        expect(http.accepted[0]?.headers).not.toHaveProperty('x-left-out');
      },
    );
  });

  it('never mixes the records of two resources', async () => {
    await withHttp(
      { headers: ({ resource }) => ({ 'x-s': String(resource.attributes['service.name']) }) },
      async ({ http, send }) => {
        const resources = ['a', 'b'].map((name) => createResource({ 'service.name': name }));
        await send(
          createLogRecords(10, (index) => ({ resource: resources[index % 2] ?? createResource() })),
        );
        for (const { body, headers } of http.accepted) {
          for (const line of body.toString().trim().split('\n')) {
            expect(JSON.parse(line).resource['service.name']).toBe(headers['x-s']);
          }
        }
        expect(http.accepted).toHaveLength(2);
      },
    );
  });

  it('sees no resource for the records of several beyond maxTargets', async () => {
    const services: unknown[] = [];
    await withHttp(
      {
        maxTargets: 1,
        headers: ({ resource }) => {
          services.push(resource.attributes['service.name']);
          return {};
        },
      },
      async ({ http, send }) => {
        await send(
          createLogRecords(3, (index) => ({
            resource: createResource({ 'service.name': `s${index}` }),
          })),
        );
        expect(services).toHaveLength(2);
        expect(services).toEqual(expect.arrayContaining(['s0', undefined]));
        expect(http.decoded).toHaveLength(3);
      },
    );
  });

  it('is asked again for each attempt, so that a fresh token mends a 401', async () => {
    let token = 0;
    await withHttp(
      {
        services: { http: { requiredHeaders: { authorization: 'Bearer 2' } } },
        headers: () => {
          token += 1;
          return { authorization: `Bearer ${token}` };
        },
      },
      async ({ exporter, http, send }) => {
        expect(await send([createLogRecord()])).toBeUndefined();
        expect(http.requests.map(({ status }) => status)).toEqual([401, 200]);
        expect(exporter.stats()).toMatchObject({ delivered: 1, retried: 1 });
      },
    );
  });

  it('is asked again later when it throws or rejects', async () => {
    const failures: (() => never | Promise<never>)[] = [
      () => {
        throw new Error('secret');
      },
      () => Promise.reject(new Error('secret')),
    ];
    await withHttp(
      { headers: () => failures.shift()?.() ?? { 'x-a': '1' } },
      async ({ exporter, http, send }) => {
        expect(await send([createLogRecord()])).toBeUndefined();
        expect(http.accepted).toHaveLength(1);
        expect(exporter.stats().retried).toBe(2);
      },
    );
  });

  it('drops as retry_exhausted, without its message, when it never stops throwing', async () => {
    await withHttp(
      {
        timeoutMillis: 50,
        headers: () => {
          throw new Error('secret');
        },
      },
      async ({ exporter, send }) => {
        const error = await send([createLogRecord()]);
        expect(exporter.stats().dropped).toEqual({ retry_exhausted: 1 });
        expect(String(error?.cause)).toBe('ServiceError: The `headers` function failed');
      },
    );
  });

  it('is left behind when it never answers', async () => {
    await withHttp(
      { timeoutMillis: 100, headers: () => new Promise(() => {}) },
      async ({ exporter, http, send }) => {
        expect(await send([createLogRecord()])).toBeDefined();
        expect(exporter.stats().dropped).toEqual({ timeout: 1 });
        expect(http.requests).toHaveLength(0);
      },
    );
  });

  it.each([
    ['a line break', { 'x-a': 'secret\r\nx-b: 1' }],
    ['a wrong name', { 'x a': 'secret' }],
    ['a name of the connection', { Connection: 'secret' }],
    ['a number', { 'x-a': 5 }],
    ['an array', ['secret']],
    ['nothing', undefined],
    ['a text', 'secret'],
    ['`Headers`', new Headers({ authorization: 'Bearer abc' })],
    ['a `Map`', new Map([['authorization', 'Bearer abc']])],
  ])('drops the records as invalid, unsent, when it answers %s', async (_, answer) => {
    await withHttp(
      {
        groupBy: ({ attributes }) => String(attributes['group']),
        headers: ({ key }) => (key === 'bad' ? (answer as never) : { 'x-a': '1' }),
      },
      async ({ exporter, http, send }) => {
        const error = await send(
          createLogRecords(4, (index) => ({ attributes: { group: index < 3 ? 'bad' : 'good' } })),
        );
        expect(exporter.stats()).toMatchObject({ delivered: 1, dropped: { invalid: 3 } });
        expect(http.requests).toHaveLength(1);
        expect(String(error?.cause)).toContain('`headers` function');
        expect(String(error?.cause)).not.toContain('secret');
      },
    );
  });
});
