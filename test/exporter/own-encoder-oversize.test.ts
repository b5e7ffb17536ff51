import { expect, test } from 'vitest';
import { createLogRecord } from '../../src/testing/index.ts';
import { ExporterBench } from '../support/exporter-bench.ts';

test('a record that an own encoder cannot encode once it is cut is dropped as too_large', async () => {
  const bench = new ExporterBench({
    limits: { maxEntryBytes: 1000 },
    encoding: {
      name: 'bytes',
      contentType: 'application/octet-stream',
      isText: false,
      encode: ({ body }) => {
        if (!(body instanceof Uint8Array)) throw new TypeError('no bytes');
        return body;
      },
    },
  });
  bench.exportRecords([createLogRecord({ body: new Uint8Array(1001) })]);
  bench.exportRecords([createLogRecord({ body: new Uint8Array(1000) })]);
  await bench.flush();
  expect(bench.stats).toMatchObject({ delivered: 1, dropped: { too_large: 1 } });
});
