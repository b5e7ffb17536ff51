import { expect, it, vi } from 'vitest';
import {
  ZeroMqLogReceiver,
  ZeroMqLogRecordExporter,
} from '../../../src/destinations/zeromq/index.ts';
import { createLogRecord } from '../../../src/testing/records/create-log-record.ts';

vi.mock('zeromq', () => {
  throw new Error("Cannot find package 'zeromq'");
});

it('says what to install when zeromq is missing, and drops at once', async () => {
  const errors: unknown[] = [];
  const exporter = new ZeroMqLogRecordExporter({
    endpoint: 'tcp://127.0.0.1:5010',
    acknowledge: 'delivered',
    onDrop: ({ error, reason }) => errors.push({ reason, message: error?.message }),
  });
  const { code } = await new Promise<{ code: number }>((resolve) => {
    exporter.export([createLogRecord()], resolve);
  });
  await exporter.shutdown();
  expect(code).toBe(1);
  expect(errors).toEqual([
    {
      reason: 'rejected',
      message: expect.stringMatching(/npm install zeromq.*`socket`/u),
    },
  ]);
});

it('the receiver says so at its start', async () => {
  await using receiver = new ZeroMqLogReceiver();
  await expect(receiver.start()).rejects.toMatchObject({ code: 'ERR_MISSING_PACKAGE' });
});
