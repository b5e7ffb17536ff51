import type { LogRecordExporter } from '@opentelemetry/sdk-logs';
import { FirehoseLogRecordExporter } from 'collectorless/firehose';
import { KinesisLogRecordExporter } from 'collectorless/kinesis';
import { createLogRecord, type LocalServices, startLocalServices } from 'collectorless/testing';
import { afterEach, expect, it, vi } from 'vitest';
import { BYTES_A_TURN } from '../../../src/destinations/aws/byte-turns.ts';
import { JsonBody } from '../../../src/destinations/aws/json-body.ts';

const RECORD_BYTES = 10_000;
const RECORDS = 350;
const EXPORTERS: Readonly<Record<string, (services: LocalServices) => LogRecordExporter>> = {
  Firehose: ({ clientConfig }) =>
    new FirehoseLogRecordExporter({
      deliveryStreamName: 'logs',
      acknowledge: 'delivered',
      clientConfig,
    }),
  'Firehose, lines': ({ clientConfig }) =>
    new FirehoseLogRecordExporter({
      deliveryStreamName: 'logs',
      aggregation: 'lines',
      acknowledge: 'delivered',
      clientConfig,
    }),
  Kinesis: ({ clientConfig }) =>
    new KinesisLogRecordExporter({ streamName: 'logs', acknowledge: 'delivered', clientConfig }),
};

afterEach(() => {
  vi.restoreAllMocks();
});

/** Of what is written as base64, how much in each turn of the event loop; each piece by itself. */
function watchTurns(): Map<number, number[]> {
  let turn = 0;
  const written = new Map<number, number[]>();
  const write = JsonBody.prototype.base64;
  vi.spyOn(JsonBody.prototype, 'base64').mockImplementation(function (this: JsonBody, ...args) {
    const [bytes, start = 0, end = bytes.length] = args;
    if (!written.has(turn)) {
      written.set(turn, []);
      setImmediate(() => {
        turn += 1;
      });
    }
    written.get(turn)?.push(end - start);
    return write.apply(this, args);
  });
  return written;
}

it.each(Object.keys(EXPORTERS))(
  '%s: a large body is made in several turns of the event loop, none of them for more than a mebibyte',
  async (name) => {
    await using services = await startLocalServices();
    const exporter = EXPORTERS[name]?.(services);
    const records = Array.from({ length: RECORDS }, () =>
      createLogRecord({ body: 'x'.repeat(RECORD_BYTES) }),
    );
    const written = watchTurns();
    const code = await new Promise((resolve) => {
      exporter?.export(records, (result) => resolve(result.code));
    });
    await exporter?.shutdown();
    expect(code).toBe(0);
    const turns = [...written.values()];
    const bytes = turns.flat().reduce((sum, length) => sum + length, 0);
    expect(bytes).toBeGreaterThan(RECORDS * RECORD_BYTES);
    expect(turns.length).toBeGreaterThanOrEqual(3);
    for (const pieces of turns) {
      expect(pieces.reduce((sum, length) => sum + length, 0)).toBeLessThanOrEqual(BYTES_A_TURN);
    }
    const { firehose, kinesis } = services;
    expect(firehose.lines.length + kinesis.decoded.length).toBe(RECORDS);
  },
);
