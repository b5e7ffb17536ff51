import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createLogRecord, startLocalServices, uidOf } from '../../../src/testing/index.ts';
import { droppedCountOf } from '../../support/accounts.ts';
import { exportRecords } from '../../support/export-records.ts';
import { createExporter, logRecords, quick } from './support/zeromq-run.ts';

it('aggregation puts records into one body frame as lines', async () => {
  await using services = await startLocalServices({ zeromq: true });
  const exporter = createExporter({
    ...quick,
    endpoint: services.zeromq.endpoint,
    aggregation: 'lines',
    maxRecordsPerMessage: 50,
  });
  const records = logRecords(220);
  await exportRecords(exporter, records);
  await exporter.forceFlush();
  await expect.poll(() => services.zeromq.decoded.length).toBe(220);
  expect(services.zeromq.decoded.map(uidOf)).toEqual(records.map(uidOf));
  const lineCounts = services.zeromq.messages.map(
    ({ body }) => String(body).split('\n').length - 1,
  );
  expect(lineCounts).toEqual([50, 50, 50, 50, 20]);
});

it('without aggregation a body has no newline', async () => {
  await using services = await startLocalServices({ zeromq: true });
  const exporter = createExporter({ ...quick, endpoint: services.zeromq.endpoint });
  await exportRecords(exporter, logRecords(1));
  await exporter.forceFlush();
  await expect.poll(() => services.zeromq.messages.length).toBe(1);
  expect(String(services.zeromq.messages[0]?.body)).toMatch(/^\{.*\}$/u);
});

it('the body of each record is compressed by itself without aggregation', async () => {
  await using services = await startLocalServices({ zeromq: true });
  const exporter = createExporter({
    ...quick,
    endpoint: services.zeromq.endpoint,
    compression: 'gzip',
  });
  await exportRecords(exporter, logRecords(3));
  await exporter.forceFlush();
  await expect.poll(() => services.zeromq.messages.length).toBe(3);
  for (const { body } of services.zeromq.messages) {
    expect(String(gunzipSync(body))).toMatch(/^\{.*\}$/u);
  }
});

it('aggregated bodies can be compressed', async () => {
  await using services = await startLocalServices({ zeromq: true });
  const exporter = createExporter({
    ...quick,
    endpoint: services.zeromq.endpoint,
    aggregation: 'lines',
    compression: 'gzip',
  });
  await exportRecords(exporter, logRecords(100));
  await exporter.forceFlush();
  await expect.poll(() => services.zeromq.messages.length).toBe(1);
  const body = gunzipSync(services.zeromq.messages[0]?.body ?? '');
  expect(String(body).trimEnd().split('\n')).toHaveLength(100);
});

it.for([0, 1])(
  'a record of maxMessageBytes + %i bytes is whole only while it fits',
  async (extraBytes) => {
    await using services = await startLocalServices({ zeromq: true });
    const exporter = createExporter({
      ...quick,
      endpoint: services.zeromq.endpoint,
      maxMessageBytes: 2000,
      sequence: false,
    });
    const empty = createLogRecord({ body: '' });
    await exportRecords(exporter, [empty]);
    await exporter.forceFlush();
    await expect.poll(() => services.zeromq.messages.length).toBe(1);
    const room = 2000 - (services.zeromq.messages[0]?.body.length ?? 0);
    await exportRecords(exporter, [createLogRecord({ body: 'x'.repeat(room + extraBytes) })]);
    await exporter.forceFlush();
    await expect.poll(() => services.zeromq.messages.length).toBe(2);
    expect(services.zeromq.messages[1]?.body.length).toBe(2000);
    expect('truncated' in Object(services.zeromq.decoded[1])).toBe(extraBytes > 0);
  },
);

it('DL-9: records carry their number among those of their topic', async () => {
  await using services = await startLocalServices({ zeromq: true });
  const exporter = createExporter({
    ...quick,
    endpoint: services.zeromq.endpoint,
    topic: '{attributes.tenant}',
  });
  const tenants = ['a', 'b', 'a', 'a', 'b'];
  await exportRecords(
    exporter,
    tenants.map((tenant) => createLogRecord({ attributes: { tenant } })),
  );
  await exporter.forceFlush();
  await expect.poll(() => services.zeromq.messages.length).toBe(5);
  const numbersOf = (topic: string): unknown[] =>
    services.zeromq.messages
      .filter((message) => message.topic === topic)
      .map(({ body }) => JSON.parse(String(body)).sequence.number);
  expect(numbersOf('a')).toEqual([1, 2, 3]);
  expect(numbersOf('b')).toEqual([1, 2]);
});

it('DL-9: the numbers can be left out', async () => {
  await using services = await startLocalServices({ zeromq: true });
  const { endpoint } = services.zeromq;
  const exporter = createExporter({ ...quick, endpoint, sequence: false });
  await exportRecords(exporter, logRecords(1));
  await exporter.forceFlush();
  await expect.poll(() => services.zeromq.messages.length).toBe(1);
  expect(services.zeromq.decoded[0]).not.toHaveProperty('sequence');
});

it('DL-7: distlog-json has the fields that an existing distlogd reads', async () => {
  await using services = await startLocalServices({ zeromq: true });
  const { endpoint } = services.zeromq;
  const exporter = createExporter({ ...quick, endpoint, encoding: 'distlog-json' });
  await exportRecords(exporter, [createLogRecord({ body: 'two\nlines' })]);
  await exporter.forceFlush();
  await expect.poll(() => services.zeromq.messages.length).toBe(1);
  expect(services.zeromq.messages[0]?.topic).toBe('PLJ');
  const fields =
    'name msg args levelname levelno pathname filename module exc_info exc_text stack_info lineno funcName created msecs relativeCreated thread threadName processName process message asctime hostname context';
  for (const field of fields.split(' ')) {
    expect(services.zeromq.decoded[0]).toHaveProperty(field);
  }
  expect(services.zeromq.decoded[0]).toMatchObject({ levelname: 'INFO', levelno: 20 });
});

it('DL-10: fields bound to a record arrive as its attributes', async () => {
  await using services = await startLocalServices({ zeromq: true });
  const exporter = createExporter({ ...quick, endpoint: services.zeromq.endpoint });
  await exportRecords(exporter, [createLogRecord({ attributes: { 'task.id': 'a/1/2' } })]);
  await exporter.forceFlush();
  await expect.poll(() => services.zeromq.messages.length).toBe(1);
  expect(services.zeromq.decoded[0]).toMatchObject({ attributes: { 'task.id': 'a/1/2' } });
});

it('nothing is lost, doubled or out of order, whatever the sizes, the high-water mark and the pauses', async () => {
  const step = fc.oneof(
    { weight: 5, arbitrary: fc.record({ sizes: fc.array(fc.nat(20_000), { maxLength: 60 }) }) },
    { weight: 2, arbitrary: fc.constantFrom('pause' as const, 'resume' as const) },
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 3, maxLength: 12 }),
      fc.integer({ min: 1, max: 20 }),
      fc.constantFrom('none' as const, 'lines' as const),
      fc.integer({ min: 1, max: 20 }),
      async (steps, sendHighWaterMark, aggregation, sendTimeoutMillis) => {
        await using services = await startLocalServices({ zeromq: { receiveHighWaterMark: 2 } });
        const exporter = createExporter({
          ...quick,
          endpoint: services.zeromq.endpoint,
          sendHighWaterMark,
          sendTimeoutMillis,
          aggregation,
          maxMessageBytes: 30_000,
        });
        const sent: unknown[] = [];
        const calls: Promise<unknown>[] = [];
        for (const action of steps) {
          if (action === 'pause') services.zeromq.pause();
          else if (action === 'resume') services.zeromq.resume();
          else {
            const records = action.sizes.map((size) => createLogRecord({ body: 'x'.repeat(size) }));
            sent.push(...records.map(uidOf));
            calls.push(exportRecords(exporter, records));
          }
        }
        services.zeromq.resume();
        await Promise.all(calls);
        await exporter.forceFlush();
        const stats = exporter.stats();
        expect(stats).toMatchObject({ exported: sent.length, delivered: sent.length, inFlight: 0 });
        expect(droppedCountOf(exporter.stats())).toBe(0);
        await expect.poll(() => services.zeromq.decoded.length).toBe(sent.length);
        expect(services.zeromq.decoded.map(uidOf)).toEqual(sent);
        await exporter.shutdown();
      },
    ),
    { numRuns: 25 },
  );
});
