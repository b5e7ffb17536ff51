import { expect, it } from 'vitest';
import { exportRecords } from '../../../support/export-records.ts';
import { createExporter, ipcEndpoint, logRecords, quick } from '../support/zeromq-run.ts';
import { collect, senderTo } from './support/collect.ts';

it('DL-9: tells which records of a sender are missing', async () => {
  const { gaps, receiver, received } = await collect();
  const sender = senderTo(receiver);
  const send = (topic: string, id: string, number: number): Promise<void> =>
    sender.send([topic, JSON.stringify({ sequence: { id, number } })]);
  await send('PLJ', 'a', 5);
  await send('PLJ', 'a', 6);
  await send('PPJ', 'a', 1);
  await send('PLJ', 'a', 9);
  await send('PLJ', 'a', 9);
  await send('PLJ', 'a', 7);
  await send('PLJ', 'b', 1);
  await send('PLJ', 'b', 3);
  await send('PLJ', 'a', 10);
  await expect.poll(() => received.length).toBe(9);
  expect(gaps).toEqual([
    { id: 'a', topic: 'PLJ', firstMissing: 7, lastMissing: 8 },
    { id: 'b', topic: 'PLJ', firstMissing: 2, lastMissing: 2 },
  ]);
  expect(receiver.stats()).toMatchObject({ missing: 3 });
});

it('DL-9: sees what a PUB socket dropped because its subscriber did not keep up', async () => {
  const endpoint = ipcEndpoint();
  const exporter = createExporter({
    ...quick,
    endpoint,
    socketType: 'pub',
    bind: true,
    sendHighWaterMark: 5,
  });
  await exportRecords(exporter, logRecords(1));
  let isHeld = true;
  const numbers: number[] = [];
  const { gaps, receiver } = await collect({
    endpoint,
    socketType: 'sub',
    receiveHighWaterMark: 5,
    handlers: [
      {
        match: () => true,
        async handle({ record }) {
          numbers.push(record.sequence?.number ?? 0);
          while (isHeld) await new Promise((resolve) => setImmediate(resolve));
        },
      },
    ],
  });
  await expect
    .poll(async () => {
      await exportRecords(exporter, logRecords(1));
      return numbers.length;
    })
    .toBeGreaterThan(0);
  await exportRecords(
    exporter,
    logRecords(400, () => 'x'.repeat(50_000)),
  );
  await exporter.forceFlush();
  isHeld = false;
  await expect
    .poll(async () => {
      await exportRecords(exporter, logRecords(1));
      return gaps.length;
    })
    .toBeGreaterThan(0);
  const first = numbers[0] ?? 0;
  await expect
    .poll(() => numbers.length + receiver.stats().missing)
    .toBe((numbers.at(-1) ?? 0) - first + 1);
});
