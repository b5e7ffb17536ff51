import { describe, expect, it } from 'vitest';
import { HttpLogRecordExporter } from '../../../src/destinations/http/index.ts';
import { createLogRecord } from '../../../src/testing/index.ts';
import { droppedCountOf } from '../../support/accounts.ts';
import { arrivedUids, createLogRecords, uidsOf, withHttp } from './support/with-http.ts';

const groupBy = ({ attributes }: { attributes: object }): string =>
  String(Reflect.get(attributes, 'group'));
const headers = ({ key }: { key: string }): Record<string, string> => ({ 'x-group': key });

describe('groupBy', () => {
  it('sends groups in the order of their first appearance, records in theirs (BA-3)', async () => {
    await withHttp({ groupBy, headers, concurrencyLimit: 1 }, async ({ http, send }) => {
      const groups = ['c', 'a', 'c', 'b', 'a', 'c'];
      const records = createLogRecords(6, (index) => ({
        attributes: { group: groups[index] ?? '' },
      }));
      await send(records);
      expect(http.accepted.map((request) => request.headers['x-group'])).toEqual(['c', 'a', 'b']);
      const order = [0, 2, 5, 1, 4, 3].map((index) => uidsOf(records)[index]);
      expect(arrivedUids(http)).toEqual(order);
    });
  });

  it('gets the record and its resource', async () => {
    const seen: unknown[] = [];
    await withHttp(
      {
        groupBy: (record, resource) => {
          seen.push(record.resource === resource, resource.attributes['service.name']);
          return 'one';
        },
      },
      async ({ send }) => {
        await send([createLogRecord()]);
        expect(seen).toEqual([true, 'local-service']);
      },
    );
  });

  it('goes with a resource without attributes where a record has none', async () => {
    const resources: unknown[] = [];
    await withHttp(
      {
        groupBy: () => 'one',
        headers: ({ resource }) => {
          resources.push(resource.attributes);
          return {};
        },
      },
      async ({ exporter, send }) => {
        const record = Object.assign(createLogRecord(), { resource: null });
        expect(await send([record])).toBeUndefined();
        expect(exporter.stats()).toMatchObject({ delivered: 1, dropped: {} });
        expect(resources).toEqual([{}]);
      },
    );
  });

  it('hands any text over to the headers function as it is', async () => {
    const keys: string[] = [];
    const groups = ['a/b', 'a · b', 'ä\n', ' ', '{x}'];
    await withHttp(
      {
        groupBy,
        headers: ({ key }) => {
          keys.push(key);
          return {};
        },
      },
      async ({ send }) => {
        await send(
          createLogRecords(5, (index) => ({ attributes: { group: groups[index] ?? '' } })),
        );
        expect(keys.sort()).toEqual([...groups].sort());
      },
    );
  });

  it('puts records for which it throws or answers nothing into the group unknown', async () => {
    await withHttp(
      {
        headers,
        groupBy: ({ attributes }) => {
          if (attributes['group'] === 'throws') throw new Error('no');
          return attributes['group'] === 'none' ? undefined : '';
        },
      },
      async ({ http, send }) => {
        const groups = ['throws', 'none', 'empty'];
        await send(
          createLogRecords(3, (index) => ({ attributes: { group: groups[index] ?? '' } })),
        );
        expect(http.accepted.map((request) => request.headers['x-group'])).toEqual(['unknown']);
        expect(http.decoded).toHaveLength(3);
      },
    );
  });

  it('splits a group into requests of maxRecordsPerRequest (BA-5)', async () => {
    await withHttp({ groupBy: () => 'g', maxRecordsPerRequest: 10 }, async ({ http, send }) => {
      await send(createLogRecords(25));
      const sizes = http.accepted.map(({ body }) => body.toString().trim().split('\n').length);
      expect(sizes.sort()).toEqual([10, 10, 5]);
    });
  });

  it('neither sends again nor delays a group for the sake of one that fails', async () => {
    await withHttp(
      { groupBy, headers, timeoutMillis: 1_000, maxRecordsPerRequest: 5 },
      async ({ exporter, http, send }) => {
        http.respondWith({
          status: 503,
          times: Number.POSITIVE_INFINITY,
          match: (request) => request.headers['x-group'] === 'bad',
        });
        const records = createLogRecords(200, (index) => ({
          attributes: { group: index % 4 === 0 ? 'bad' : `good${index % 4}` },
        }));
        await send(records);
        const good = http.requests.filter((request) => request.headers['x-group'] !== 'bad');
        expect(good).toHaveLength(30);
        expect(new Set(arrivedUids(http)).size).toBe(150);
        expect(http.decoded).toHaveLength(150);
        const stats = exporter.stats();
        expect(stats).toMatchObject({ delivered: 150, inFlight: 0 });
        expect(droppedCountOf(stats)).toBe(50);
        const firstGiveUp = http.requests.findLast(
          (request) => request.headers['x-group'] === 'bad',
        );
        expect(Math.max(...good.map(({ receivedAtMillis }) => receivedAtMillis))).toBeLessThan(
          firstGiveUp?.receivedAtMillis ?? 0,
        );
      },
    );
  });

  it('names the group where a loss is told', async () => {
    const targets: string[] = [];
    await withHttp(
      { groupBy, onDrop: ({ target }) => targets.push(target) },
      async ({ http, send }) => {
        http.respondWith({ status: 400 });
        await send([createLogRecord({ attributes: { group: 'shop\n1' } })]);
        expect(targets).toEqual([`${http.url} · shop_1`]);
      },
    );
  });

  it('is refused when it is no function', () => {
    expect(
      () => new HttpLogRecordExporter({ url: 'http://h/', groupBy: 'tenant' as never }),
    ).toThrow(/Expected `groupBy` to be a function, got `'tenant'`/u);
  });
});
