import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { HttpLogRecordExporter, type HttpLogRecordExporterOptions } from 'collectorless/http';
import { createLogRecord, createResource } from 'collectorless/testing';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';

let server: Server;
let url = '';
let received: string[][] = [];

beforeAll(async () => {
  server = createServer({ insecureHTTPParser: true }, ({ rawHeaders }, response) => {
    received.push(rawHeaders.filter((_, index) => index % 2 === 0));
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});
afterAll(() => void server.close());

const hostile = fc.oneof(
  fc.constantFrom(
    'a\r\nx-evil: 1',
    'a\nx-evil: 1',
    'a\rx-evil: 1',
    '\r\n\r\nPOST /evil HTTP/1.1\r\nhost: h\r\n\r\n',
    'a\0b',
    'a\u0085x-evil: 1',
    'a\u2028x-evil: 1',
    // In Latin-1 these end in the bytes of CR and LF.
    'a\u010d\u010ax-evil: 1',
  ),
  fc.string({ unit: 'binary', maxLength: 50 }),
);

const ways: Readonly<Record<string, (value: string) => Partial<HttpLogRecordExporterOptions>>> = {
  'a template of an attribute': () => ({ headers: { 'x-a': 'v-{attributes.a}' } }),
  'a template of the resource': () => ({ headers: { 'x-a': '{service.name}' } }),
  'a function of the record': () => ({
    headers: { 'x-a': ({ attributes }) => String(attributes['a']) },
  }),
  'a function of the group': () => ({
    groupBy: ({ attributes }) => String(attributes['a']),
    headers: ({ key }) => ({ 'x-a': key }),
  }),
  'a function with the resource': () => ({
    headers: ({ resource }) => ({ 'x-a': String(resource.attributes['service.name']) }),
  }),
  'a function that answers a name': (value) => ({ headers: () => ({ [value]: 'a' }) }),
  'metadata of Sumo Logic': () => ({
    preset: 'sumologic',
    sumo: { category: '{attributes.a}', fields: { a: '{attributes.a}' } },
  }),
};
const ours = [
  ...['host', 'connection', 'user-agent', 'content-type', 'content-length'],
  ...['x-a', 'x-sumo-client', 'x-sumo-name', 'x-sumo-host', 'x-sumo-category', 'x-sumo-fields'],
];

it.each(Object.entries(ways))('no value adds a header or a request by %s', async (_, options) => {
  await fc.assert(
    fc.asyncProperty(hostile, async (value) => {
      received = [];
      const exporter = new HttpLogRecordExporter({ url, timeoutMillis: 2_000, ...options(value) });
      const resource = createResource({ 'service.name': value });
      exporter.export([createLogRecord({ resource, attributes: { a: value } })], () => {});
      await exporter.forceFlush();
      const { delivered, dropped } = exporter.stats();
      void exporter.shutdown();
      expect(received.length).toBe(delivered);
      expect(delivered + (dropped['invalid'] ?? 0)).toBe(1);
      const given = /^[\w!#$%&'*+.^`|~-]+$/u.test(value) ? [value.toLowerCase()] : [];
      for (const name of received.flat()) expect([...ours, ...given]).toContain(name.toLowerCase());
    }),
    { numRuns: 40 },
  );
});

it('a function that answers a line break loses its records, counted, and sends nothing', async () => {
  received = [];
  const headers = (): Record<string, string> => ({ 'x-a': 'a\r\nx-evil: 1' });
  const exporter = new HttpLogRecordExporter({ url, headers });
  exporter.export([createLogRecord()], () => {});
  await exporter.shutdown();
  expect(received).toEqual([]);
  expect(exporter.stats().dropped).toEqual({ invalid: 1 });
});
