import { describe, expect, it } from 'vitest';
import { HttpLogRecordExporter } from '../../../src/destinations/http/index.ts';
import { createLogRecord } from '../../../src/testing/index.ts';
import { toldLines } from '../../support/told-lines.ts';
import { arrivedUids, createLogRecords, uidsOf, withHttp } from './support/with-http.ts';

describe('partialAcceptance', () => {
  it('gets status, headers, body and count of a 2xx', async () => {
    const answers: unknown[] = [];
    await withHttp(
      {
        partialAcceptance: (answer) => {
          answers.push(answer);
          return 'accepted';
        },
      },
      async ({ exporter, http, send }) => {
        http.respondWith({ status: 201, headers: { 'X-A': '1' }, body: '{"ok":true}' });
        await send(createLogRecords(3));
        expect(answers).toEqual([
          {
            status: 201,
            headers: expect.objectContaining({ 'x-a': '1' }),
            body: '{"ok":true}',
            count: 3,
          },
        ]);
        expect(exporter.stats()).toMatchObject({ delivered: 3, requests: 1 });
      },
    );
  });

  it('drops what was refused and sends again only what was not taken', async () => {
    await withHttp(
      { partialAcceptance: ({ body }) => (body === '' ? 'accepted' : JSON.parse(body)) },
      async ({ exporter, http, send }) => {
        http.respondWith({ body: '{"rejectedIndexes":[1],"retryIndexes":[0,3]}' });
        const records = createLogRecords(5);
        const uids = uidsOf(records);
        await send(records);
        expect(exporter.stats()).toMatchObject({ delivered: 4, dropped: { rejected: 1 } });
        expect(arrivedUids(http)).toEqual([...uids, uids[0], uids[3]]);
      },
    );
  });

  it('is not asked for other statuses', async () => {
    let asked = 0;
    await withHttp(
      {
        partialAcceptance: () => {
          asked += 1;
          return 'accepted';
        },
      },
      async ({ http, send }) => {
        http.respondWith({ status: 503 }, { status: 400 });
        await send([createLogRecord()]);
        expect(asked).toBe(0);
      },
    );
  });

  it.each([
    ['throws', '!'],
    ['answers nothing', 'null'],
    ['answers another text', '"rejected"'],
    ['answers an index that is not there', '{"retryIndexes":[3]}'],
    ['answers a negative index', '{"rejectedIndexes":[-1]}'],
    ['answers half an index', '{"rejectedIndexes":[0.5]}'],
    ['answers the same index twice over', '{"rejectedIndexes":[0],"retryIndexes":[0]}'],
    ['answers no list', '{"rejectedIndexes":"0"}'],
    ['answers misspelt names', '{"rejected":[0]}'],
    ['answers a list alone', '[0]'],
  ])('counts as accepted, with one warning, when it %s', async (_, body) => {
    const warnings = toldLines();
    await withHttp(
      { maxRecordsPerRequest: 3, partialAcceptance: (answer) => JSON.parse(answer.body) },
      async ({ exporter, http, send }) => {
        http.respondWith({ body, times: 2 });
        await send(createLogRecords(6));
        expect(exporter.stats()).toMatchObject({ delivered: 6, requests: 2, dropped: {} });
        expect(warnings.filter((line) => line.includes('`partialAcceptance`'))).toHaveLength(1);
      },
    );
  });

  it('may be async', async () => {
    await withHttp(
      { partialAcceptance: async ({ body }) => Promise.resolve(JSON.parse(body)) },
      async ({ exporter, http, send }) => {
        http.respondWith({ body: '{"rejectedIndexes":[1]}' });
        await send(createLogRecords(3));
        expect(exporter.stats()).toMatchObject({ delivered: 2, dropped: { rejected: 1 } });
      },
    );
  });

  it('counts as accepted, with one warning, when it rejects', async () => {
    const warnings = toldLines();
    await withHttp(
      { partialAcceptance: () => Promise.reject(new Error('bug')) },
      async ({ exporter, send }) => {
        await send(createLogRecords(2));
        expect(exporter.stats()).toMatchObject({ delivered: 2, requests: 1, dropped: {} });
        expect(warnings.filter((line) => line.includes('`partialAcceptance`'))).toHaveLength(1);
      },
    );
  });

  it('sends again when the end of the answer was lost', async () => {
    await withHttp(
      { partialAcceptance: () => 'accepted' },
      async ({ exporter, http, send, services }) => {
        http.respondWith({ body: 'x'.repeat(100) });
        services.setFaults([{ kind: 'malformed-answer', form: 'half', times: 1 }]);
        expect(await send([createLogRecord()])).toBeUndefined();
        expect(exporter.stats()).toMatchObject({ delivered: 1, requests: 2 });
      },
    );
  });

  it('reads at most a mebibyte of an endless answer', async () => {
    let length = 0;
    await withHttp(
      {
        partialAcceptance: ({ body }) => {
          length = body.length;
          return 'accepted';
        },
      },
      async ({ exporter, http, send }) => {
        http.respondWith({ body: 'x'.repeat(8_000_000) });
        await send([createLogRecord()]);
        expect(length).toBe(1_048_576);
        expect(exporter.stats()).toMatchObject({ delivered: 1, requests: 1 });
      },
    );
  });

  it('is refused when it is no function', () => {
    expect(
      () => new HttpLogRecordExporter({ url: 'http://h/', partialAcceptance: {} as never }),
    ).toThrow(/Expected `partialAcceptance` to be a function, got/u);
  });
});
