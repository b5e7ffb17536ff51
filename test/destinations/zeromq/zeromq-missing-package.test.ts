import { expect, it, vi } from 'vitest';
import {
  ZeroMqLogReceiver,
  ZeroMqLogRecordExporter,
} from '../../../src/destinations/zeromq/index.ts';
import { createLogRecord } from '../../../src/testing/records/create-log-record.ts';
import { exportRecords } from '../../support/export-records.ts';
import { tempFolder } from '../../support/temp-folder.ts';

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

it('keeps the records on disk until it is installed, with a spool', async () => {
  const directory = tempFolder();
  const exporter = new ZeroMqLogRecordExporter({
    endpoint: 'tcp://127.0.0.1:5010',
    spool: { directory },
  });
  const result = await exportRecords(exporter, [createLogRecord()]);
  await exporter.shutdown();
  expect(result).toEqual({ code: 0 });
  expect(exporter.stats()).toMatchObject({ spooled: 1, dropped: {} });
});

it('the receiver says so at its start', async () => {
  await using receiver = new ZeroMqLogReceiver();
  await expect(receiver.start()).rejects.toMatchObject({ code: 'ERR_MISSING_PACKAGE' });
});
