import type { Logger } from '@opentelemetry/api-logs';
import { type ExportResult, ExportResultCode } from '@opentelemetry/core';
import {
  LoggerProvider,
  type ReadableLogRecord,
  SimpleLogRecordProcessor,
} from '@opentelemetry/sdk-logs';
import { expect, it } from 'vitest';
import { decodeLogRecords } from '../../src/decode/index.ts';
import { DestinationLogRecordExporter } from '../../src/index.ts';
import { createLogRecord } from '../../src/testing/index.ts';

/** More than is packed in the tick in which it comes. */
const RECORDS = 3_000;

interface SimpleLog {
  readonly logger: Logger;
  /** The bodies that were delivered. */
  readonly sent: readonly unknown[];
  close(): Promise<void>;
}

/** A logger behind the simple processor. */
function logSimply(): SimpleLog {
  const sent: unknown[] = [];
  const exporter = new DestinationLogRecordExporter({
    destination: {
      name: 'own',
      async send({ entries }) {
        for (const { bytes } of entries) sent.push(decodeLogRecords(bytes)[0]?.body);
        return { status: 'delivered' };
      },
    },
  });
  const provider = new LoggerProvider({ processors: [new SimpleLogRecordProcessor({ exporter })] });
  return {
    logger: provider.getLogger('shop'),
    sent,
    async close() {
      await exporter.forceFlush();
      await provider.shutdown();
    },
  };
}

it.each([
  [
    'an object',
    () => {
      const order = { state: 'open' };
      return {
        body: { order },
        change: (): void => void Object.assign(order, { state: 'closed' }),
      };
    },
  ],
  [
    'a list',
    () => {
      const body = ['open'];
      return { body, change: (): void => void body.push('closed') };
    },
  ],
  [
    'bytes',
    () => {
      const body = new Uint8Array([1, 2, 3]);
      return { body, change: (): void => void body.fill(0) };
    },
  ],
  [
    'a date',
    () => {
      const at = new Date(0);
      return { body: { at: Object(at) }, change: (): void => void at.setTime(1e12) };
    },
  ],
])(
  'a record of the simple processor is sent as it was logged, though %s in it changes right afterwards',
  async (_what, log) => {
    const { close, logger, sent } = logSimply();
    for (let count = 0; count < RECORDS; count += 1) {
      const { body, change } = log();
      logger.emit({ body });
      change();
    }
    await close();
    const [first] = sent;
    expect(sent).toHaveLength(RECORDS);
    expect(sent.filter((body) => JSON.stringify(body) !== JSON.stringify(first))).toEqual([]);
  },
);

it.each([
  ['of many records', 50_000, ''],
  ['of large records', 500, 'x'.repeat(40_000)],
])(
  'a record that is exported alone does not have a large batch before it encoded at a stretch: one %s',
  async (_what, size, text) => {
    let recordsRead = 0;
    const exporter = new DestinationLogRecordExporter({
      destination: { name: 'own', send: async () => ({ status: 'delivered' }) },
    });
    const record = (): ReadableLogRecord => ({
      ...createLogRecord({ body: { order: 'open', text } }),
      get eventName() {
        recordsRead += 1;
        return 'order';
      },
    });
    const answers: ExportResultCode[] = [];
    const onAnswer = ({ code }: ExportResult): void => void answers.push(code);
    exporter.export(Array.from({ length: size }, record), onAnswer);
    const readBefore = recordsRead;
    exporter.export([record()], onAnswer);
    expect(recordsRead - readBefore).toBeLessThan(size / 2);
    await exporter.forceFlush();
    expect(answers).toEqual([ExportResultCode.SUCCESS, ExportResultCode.SUCCESS]);
    expect(exporter.stats().delivered).toBe(size + 1);
    await exporter.shutdown();
  },
);

it('a record of the simple processor is sent as it was logged also behind many that are large and hold texts only', async () => {
  const { close, logger, sent } = logSimply();
  for (let count = 0; count < RECORDS; count += 1) logger.emit({ body: 'x'.repeat(4_000) });
  const order = { state: 'open' };
  logger.emit({ body: order });
  order.state = 'closed';
  await close();
  expect(sent).toHaveLength(RECORDS + 1);
  expect(sent.at(-1)).toEqual({ state: 'open' });
});

it('a record with a getter that logs is sent as it was logged, though it changes right afterwards', async () => {
  const { close, logger, sent } = logSimply();
  for (let count = 0; count < RECORDS; count += 1) {
    const body = {
      state: 'open',
      get loaded() {
        logger.emit({ body: 'loading' });
        return true;
      },
    };
    logger.emit({ body });
    body.state = 'closed';
  }
  await close();
  const orders = sent.filter((body) => body !== 'loading');
  expect(orders).toEqual(Array(RECORDS).fill({ state: 'open', loaded: true }));
});
