import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { decodeLogRecords } from 'collectorless/decode';
import { HttpLogRecordExporter } from 'collectorless/http';
import { SqsLogRecordExporter } from 'collectorless/sqs';
import { createLogRecord, createResource, startLocalServices } from 'collectorless/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEncoder } from '../../src/encode/encoders.ts';
import type { EncodingName } from '../../src/encode/encodings.ts';

const POISON = '{"polluted":"yes","toString":"evil","__proto__":{"polluted":"twice"}}';
/** Own members, as JSON makes them; an object literal would set the prototype. */
const poisoned = (): ReadableLogRecord['attributes'] =>
  JSON.parse(`{"__proto__":${POISON},"constructor":{"prototype":${POISON}},"prototype":${POISON}}`);
const encodings: readonly EncodingName[] = ['json', 'otlp-json', 'msgpack', 'body', 'distlog-json'];
const prototypes = [Object, Array, Function, String, Map, Uint8Array].map(
  ({ prototype }) => prototype as object,
);

let membersBefore: unknown;
const membersOf = (): unknown =>
  prototypes.map((prototype) => [
    Object.getOwnPropertyNames(prototype).toSorted(),
    String(Reflect.get(prototype, 'toString')),
  ]);

beforeEach(() => {
  membersBefore = membersOf();
});
afterEach(() => {
  expect(membersOf()).toEqual(membersBefore);
  expect(Reflect.get({}, 'polluted')).toBeUndefined();
});

const hostileRecord = () =>
  createLogRecord({
    body: poisoned(),
    attributes: { ...poisoned(), nested: [poisoned()] },
    resource: createResource(poisoned() as Record<string, string>),
  });

describe.each(encodings)('hostile names in the encoding %s', (encoding) => {
  it('come through encode and decode as plain members and change no prototype', () => {
    const encoder = createEncoder(encoding, {
      ...(encoding === 'body' ? {} : { staticFields: poisoned() }),
    });
    const [record] = decodeLogRecords(Buffer.from(encoder.encode(hostileRecord())), { encoding });
    expect(record).toBeDefined();
    const { attributes = {}, resource } = record ?? {};
    for (const members of [attributes, resource?.attributes ?? {}, record ?? {}]) {
      expect(Object.getPrototypeOf(members)).toBe(Object.prototype);
      expect(Reflect.get(members, 'polluted')).toBeUndefined();
    }
    if (encoding === 'json' || encoding === 'msgpack' || encoding === 'otlp-json')
      expect(Object.keys(attributes)).toContain('__proto__');
  });

  it('in foreign bytes change none either', () => {
    const json = JSON.stringify({ resourceLogs: [poisoned()] }).replace(/\}$/u, `,"a":${POISON}}`);
    const msgpack = createEncoder('msgpack').encode(createLogRecord({ body: poisoned() }));
    for (const bytes of [json, `{"__proto__":${POISON}}`, `[{"__proto__":${POISON}}]`, msgpack])
      decodeLogRecords(Buffer.from(bytes), { encoding, onError: () => {} });
  });
});

it('hostile names in options, headers, groups and targets change no prototype', async () => {
  await using services = await startLocalServices({ sqs: { queues: { logs: {} } } });
  const values = JSON.parse('{"__proto__":"a","constructor":"b","tostring":"{attributes.x}"}');
  const http = new HttpLogRecordExporter({
    ...JSON.parse(`{"__proto__":${POISON},"constructor":${POISON}}`),
    url: services.http.url,
    headers: values,
    groupBy: () => '__proto__',
    staticFields: poisoned(),
  });
  const sqs = new SqsLogRecordExporter({
    queueUrl: services.sqs.queueUrl('logs'),
    clientConfig: services.clientConfig,
    messageAttributes: values,
  });
  for (const exporter of [http, sqs]) {
    exporter.export([hostileRecord()], () => {});
    await exporter.shutdown();
    expect(exporter.stats()).toMatchObject({ delivered: 1, dropped: {} });
  }
  expect(services.sqs.messages).toHaveLength(1);
});

it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
  'no option takes the inherited name %s for one of its own',
  (name) => {
    const url = 'http://127.0.0.1:9/';
    const options = ['encoding', 'compression', 'oversize', 'acknowledge', 'framing', 'method'];
    for (const option of [...options, 'preset'])
      expect(() => new HttpLogRecordExporter({ url, [option]: name }), option).toThrow(
        expect.objectContaining({ code: 'ERR_INVALID_OPTION' }),
      );
  },
);

it.each(['__proto__', 'constructor', 'toString'])(
  'a target named %s is one like others',
  async (name) => {
    await using services = await startLocalServices();
    const exporter = new HttpLogRecordExporter({
      url: `${services.http.url}/{attributes.a}`,
      headers: { 'x-a': '{attributes.a}' },
    });
    exporter.export([createLogRecord({ attributes: { a: name } })], () => {});
    await exporter.shutdown();
    expect(services.http.accepted.map(({ path }) => path)).toEqual([`/${name}`]);
  },
);
