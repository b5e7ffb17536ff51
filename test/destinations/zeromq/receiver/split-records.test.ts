import { expect, it } from 'vitest';
import { createLogRecord } from '../../../../src/testing/index.ts';
import { exportRecords } from '../../../support/export-records.ts';
import { createExporter, quick } from '../support/zeromq-run.ts';
import { collect, senderTo } from './support/collect.ts';

it('the parts of a split record are one record again, though each comes in a message of its own', async () => {
  const { problems, receiver, received } = await collect();
  const exporter = createExporter({
    ...quick,
    endpoint: receiver.endpoint ?? '',
    maxMessageBytes: 2000,
    oversize: 'split',
  });
  const bodies = ['short', 'x'.repeat(9000), 'short', 'y'.repeat(5000)];
  await exportRecords(
    exporter,
    bodies.map((body) => createLogRecord({ body })),
  );
  await exporter.forceFlush();
  await expect.poll(() => received.length).toBe(4);
  expect(received.map(({ record }) => record.body)).toEqual(bodies);
  expect(receiver.stats().messages).toBeGreaterThan(8);
  expect(receiver.stats()).toMatchObject({ records: 4, missing: 0 });
  expect(problems).toEqual([]);
});

it('a split record may be larger than any message that the receiver takes', async () => {
  const { problems, receiver, received } = await collect({ maxMessageBytes: 20_000 });
  const exporter = createExporter({
    ...quick,
    endpoint: receiver.endpoint ?? '',
    maxMessageBytes: 20_000,
    oversize: 'split',
  });
  const body = 'x'.repeat(200_000);
  await exportRecords(exporter, [createLogRecord({ body })]);
  await exporter.forceFlush();
  await expect.poll(() => received.map(({ record }) => record.body)).toEqual([body]);
  expect(problems).toEqual([]);
});

it('parts whose siblings never come are given, and told of, at the end', async () => {
  const { problems, receiver, received } = await collect();
  const sender = senderTo(receiver);
  const part = { id: 'p', index: 0, count: 2, fields: ['body'] };
  await sender.send(['PLJ', JSON.stringify({ body: 'the first half, ', part })]);
  await expect.poll(() => receiver.stats().messages).toBe(1);
  expect(received).toEqual([]);
  expect(problems).toEqual([]);
  await receiver.close();
  await expect.poll(() => received.map(({ record }) => record.body)).toEqual(['the first half, ']);
  expect(problems).toHaveLength(1);
});

it('parts in one message whose slices join to no JSON are given as they came, and told of once', async () => {
  const { problems, receiver, received } = await collect();
  const sender = senderTo(receiver);
  const lines = [0, 1].map((index) =>
    JSON.stringify({
      body: '{',
      part: { id: 'p', index, count: 2, fields: ['body'], json_fields: ['body'] },
    }),
  );
  await sender.send(['PLJ', lines.join('\n')]);
  await expect.poll(() => received.map(({ record }) => record.body)).toEqual(['{', '{']);
  expect(problems).toMatchObject([{ kind: 'damaged', topic: 'PLJ' }]);
  expect(receiver.stats()).toMatchObject({ messages: 1, records: 2, damaged: 1 });
});
