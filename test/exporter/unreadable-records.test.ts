import { DestinationLogRecordExporter } from 'collectorless';
import { createLogRecord } from 'collectorless/testing';
import { expect, test } from 'vitest';

const throwing = (member: string): object =>
  Object.defineProperty({ ...createLogRecord() }, member, {
    enumerable: true,
    get(): never {
      throw new Error('hostile');
    },
  });

const UNREADABLE: [string, unknown][] = [
  ['null', null],
  ['undefined', undefined],
  ['a number', 7],
  ['an empty object', {}],
  ...['hrTime', 'resource', 'instrumentationScope', 'attributes', 'spanContext', 'body'].map(
    (member): [string, unknown] => [`a record whose ${member} throws`, throwing(member)],
  ),
];

test.each(UNREADABLE)(
  '%s among records costs none of its neighbours',
  async (_name, unreadable) => {
    const sent: string[] = [];
    const exporter = new DestinationLogRecordExporter({
      destination: {
        name: 'memory',
        delimiter: '\n',
        async send({ entries }) {
          for (const { bytes } of entries) sent.push(Buffer.from(bytes).toString());
        },
      },
    });
    const before = createLogRecord({ attributes: { uid: 'before' } });
    const after = createLogRecord({ attributes: { uid: 'after' } });
    // What JavaScript can hand over, whatever the types say.
    const records: unknown[] = [before, unreadable, after];
    const results: unknown[] = [];
    Reflect.apply(exporter.export, exporter, [records, (result: unknown) => results.push(result)]);
    await exporter.forceFlush();
    const { delivered, dropped, exported } = exporter.stats();
    await exporter.shutdown();
    expect(sent.some((line) => line.includes('before'))).toBe(true);
    expect(sent.some((line) => line.includes('after'))).toBe(true);
    expect(exported).toBe(3);
    expect(delivered + (dropped['invalid'] ?? 0)).toBe(3);
    expect(results).toHaveLength(1);
  },
);
