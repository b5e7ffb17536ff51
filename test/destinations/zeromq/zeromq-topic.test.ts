import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { expect, it } from 'vitest';
import { defaultTopic } from '../../../src/destinations/zeromq/default-topic.ts';
import type { ZeroMqMessageOptions } from '../../../src/destinations/zeromq/index.ts';
import type { LogRecordExporterOptions } from '../../../src/index.ts';
import { createLogRecord, createResource, startLocalServices } from '../../../src/testing/index.ts';
import { exportRecords } from '../../support/export-records.ts';
import { createExporter, quick } from './support/zeromq-run.ts';

/** The topics under which records arrive, in their order. */
async function topicsOf(
  records: readonly ReadableLogRecord[],
  options: ZeroMqMessageOptions & LogRecordExporterOptions = {},
): Promise<string[]> {
  await using services = await startLocalServices({ zeromq: true });
  const exporter = createExporter({ ...quick, ...options, endpoint: services.zeromq.endpoint });
  for (const record of records) {
    await exportRecords(exporter, [record]);
    await exporter.forceFlush();
  }
  await expect.poll(() => services.zeromq.messages.length).toBe(records.length);
  return services.zeromq.messages.map(({ topic }) => topic);
}

const inEnvironment = (attribute: string, environment: string): ReadableLogRecord =>
  createLogRecord({ resource: createResource({ [attribute]: environment }) });

it('DL-4: the first letter is the system: T test, S staging, P production and all else', async () => {
  const names = ['test', 'testing', 'Staging', 'stage', 'production', 'dev', 'stg-eu', ''];
  const records = names.map((name) => inEnvironment('deployment.environment.name', name));
  const topics = await topicsOf(records);
  expect(topics).toEqual(['TLJ', 'TLJ', 'SLJ', 'SLJ', 'PLJ', 'PLJ', 'SLJ', 'PLJ']);
});

it('DL-4: the older name of the environment counts where the new one is absent', async () => {
  const both = createLogRecord({
    resource: createResource({
      'deployment.environment': 'test',
      'deployment.environment.name': 'staging',
    }),
  });
  const topics = await topicsOf([inEnvironment('deployment.environment', 'test'), both]);
  expect(topics).toEqual(['TLJ', 'SLJ']);
});

it('DL-4: the first letter is that of each record, also where resources take turns or change', () => {
  const topic = defaultTopic('J', undefined);
  const [test, staging] = ['test', 'staging'].map((name) =>
    inEnvironment('deployment.environment.name', name),
  );
  if (test === undefined || staging === undefined) throw new Error('No records');
  const pending = createLogRecord({ resource: createResource({}) });
  expect([test, staging, test, pending].map((record) => topic.render(record))).toEqual([
    'TLJ',
    'SLJ',
    'TLJ',
    'PLJ',
  ]);
  const { resource } = test;
  const found = createLogRecord({
    resource: { ...pending.resource, attributes: resource.attributes },
  });
  expect(topic.render(found)).toBe('TLJ');
});

it('DL-4: a record whose resource cannot be read is one of production', () => {
  const topic = defaultTopic('J', undefined);
  const broken = {
    get resource(): never {
      throw new Error('no resource');
    },
  };
  const brokenAttributes = {
    resource: {
      attributes: {
        get 'deployment.environment.name'(): never {
          throw new Error('no attribute');
        },
      },
    },
  };
  const records = [createLogRecord(), broken, createLogRecord(), brokenAttributes];
  for (const record of records) expect(topic.render(record as ReadableLogRecord)).toBe('PLJ');
});

it.for([
  ['json', 'J'],
  ['otlp-json', 'J'],
  ['distlog-json', 'J'],
  ['msgpack', 'M'],
  ['body', 'T'],
] as const)(
  'DL-4, DL-5, DL-8: the last letter is the encoding: %s is %s',
  async ([encoding, letter]) => {
    expect(await topicsOf([createLogRecord()], { encoding })).toEqual([`PL${letter}`]);
  },
);

it.for([
  ['application/json', true, 'J'],
  ['application/vnd.msgpack', false, 'M'],
  ['text/plain', true, 'T'],
  ['application/x-pickle', false, 'B'],
] as const)(
  'DL-5: an own encoder of %s (text: %s) has the letter %s',
  async ([contentType, isText, letter]) => {
    const encoding = { name: 'own', contentType, isText, encode: () => '"x"' };
    expect(await topicsOf([createLogRecord()], { encoding })).toEqual([`PL${letter}`]);
  },
);

it('DL-6: the kind letter is P for records that carry a duration', async () => {
  const withAttributes = (attributes: Record<string, string | number>): ReadableLogRecord =>
    createLogRecord({ attributes });
  const topics = await topicsOf([
    withAttributes({ duration: 12 }),
    withAttributes({ duration: 'long' }),
    withAttributes({ 'event.duration': 0.5 }),
    withAttributes({ duration_ms: 3 }),
  ]);
  expect(topics).toEqual(['PPJ', 'PLJ', 'PPJ', 'PPJ']);
});

it('DL-6: the kind letter is P for chosen attributes and scopes', async () => {
  const records = [
    createLogRecord({ attributes: { responseTime: 7 } }),
    createLogRecord({ attributes: { duration: 7 } }),
    createLogRecord({ instrumentationScope: { name: 'timing/http' } }),
    createLogRecord({ instrumentationScope: { name: 'bench' } }),
  ];
  const performance = { attributes: ['responseTime'], scopes: ['timing/*', /^BENCH$/iu] };
  expect(await topicsOf(records, { performance })).toEqual(['PPJ', 'PLJ', 'PPJ', 'PPJ']);
});

it('DL-6: every record is a log where no attribute and no scope is chosen', async () => {
  const record = createLogRecord({ attributes: { duration: 1 } });
  const performance = { attributes: [], scopes: [] };
  expect(await topicsOf([record], { performance })).toEqual(['PLJ']);
});

it('DL-4: records of more topics than may live share one that receivers know', () => {
  const topic = defaultTopic('J', () => true);
  const staging = inEnvironment('deployment.environment.name', 'staging');
  expect(topic.render(staging)).toBe('SPJ');
  expect(topic.renderOverflow(staging)).toBe('PLJ');
});

it('DL-4: the topic can be a function of the record', async () => {
  const records = [
    createLogRecord({ severityText: 'WARN' }),
    createLogRecord({ severityText: '' }),
  ];
  const topics = await topicsOf(records, { topic: (record) => record.severityText });
  expect(topics).toEqual(['WARN', 'unknown']);
});

it('the topic can be a template whose values never look like another part of it', async () => {
  const record = createLogRecord({
    resource: createResource({ 'service.name': 'shop.cart/a b:c\n' }),
    attributes: { tenant: 'größe' },
  });
  const topics = await topicsOf([record], { topic: 'logs.{service.name}.{attributes.tenant}' });
  expect(topics).toEqual(['logs.shop_cart_a_b_c_.größe']);
});

it('records whose attributes cannot be read are logs', async () => {
  const hostile = createLogRecord();
  Object.defineProperty(hostile, 'attributes', {
    get() {
      throw new Error('no');
    },
  });
  expect(await topicsOf([hostile])).toEqual(['PLJ']);
});
