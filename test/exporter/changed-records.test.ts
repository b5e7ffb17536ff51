import { LoggerProvider, SimpleLogRecordProcessor } from '@opentelemetry/sdk-logs';
import { expect, it } from 'vitest';
import { decodeLogRecords } from '../../src/decode/index.ts';
import { DestinationLogRecordExporter } from '../../src/index.ts';

/** More than is packed in the tick in which it comes. */
const RECORDS = 3_000;

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
    const provider = new LoggerProvider({
      processors: [new SimpleLogRecordProcessor({ exporter })],
    });
    const logger = provider.getLogger('shop');
    for (let count = 0; count < RECORDS; count += 1) {
      const { body, change } = log();
      logger.emit({ body });
      change();
    }
    await exporter.forceFlush();
    await provider.shutdown();
    const [first] = sent;
    expect(sent).toHaveLength(RECORDS);
    expect(sent.filter((body) => JSON.stringify(body) !== JSON.stringify(first))).toEqual([]);
  },
);
