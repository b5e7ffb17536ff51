import { expect, it } from 'vitest';
import {
  type Destination,
  DestinationLogRecordExporter,
  type LogRecordExporterOptions,
} from '../../src/index.ts';
import { createLogRecord } from '../../src/testing/index.ts';

type Document = Record<string, unknown> & {
  readonly sequence?: { readonly id: string; readonly number: number };
};

async function documentsOf(
  bodies: readonly string[],
  destination: Partial<Destination>,
  options: LogRecordExporterOptions = {},
): Promise<Map<string, Document[]>> {
  const byTarget = new Map<string, Document[]>();
  const exporter = new DestinationLogRecordExporter({
    ...options,
    destination: {
      name: 'memory',
      targetNames: { name: (record) => String(record.attributes['tenant'] ?? 'one') },
      ...destination,
      send: async ({ target, entries }) => {
        const documents = entries.map(({ bytes }): Document => JSON.parse(String(bytes)));
        byTarget.set(target.key, [...(byTarget.get(target.key) ?? []), ...documents]);
      },
    },
  });
  const records = bodies.map((body) =>
    createLogRecord({ body, attributes: { tenant: body.at(0) ?? '' } }),
  );
  exporter.export(records, () => {});
  await exporter.shutdown();
  return byTarget;
}

it('records carry no number unless the destination wants one', async () => {
  const documents = await documentsOf(['a'], {});
  expect(documents.get('a')?.[0]).not.toHaveProperty('sequence');
});

it('records are numbered by target, each target under an id of its own', async () => {
  const documents = await documentsOf(['a1', 'b1', 'a2', 'a3'], { numbered: true });
  const numbers = (target: string): (number | undefined)[] | undefined =>
    documents.get(target)?.map(({ sequence }) => sequence?.number);
  expect(numbers('a')).toEqual([1, 2, 3]);
  expect(numbers('b')).toEqual([1]);
  const ids = ['a', 'b'].map((target) => documents.get(target)?.[0]?.sequence?.id);
  expect(new Set(ids).size).toBe(2);
});

it('a record that is cut keeps its one number and fits with it', async () => {
  const limits = { maxEntries: 10, maxEntryBytes: 400, maxRequestBytes: 4000 };
  const bodies = ['a', 'a'.repeat(2000), 'a'];
  const documents = (await documentsOf(bodies, { numbered: true, limits })).get('a') ?? [];
  expect(documents.map(({ sequence }) => sequence?.number)).toEqual([1, 2, 3]);
  expect(documents.map((document) => 'truncated' in document)).toEqual([false, true, false]);
  const sizes = documents.map((document) => JSON.stringify(document).length);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(400);
});

it('all parts of a split record carry its number', async () => {
  const limits = { maxEntries: 10, maxEntryBytes: 500, maxRequestBytes: 5000 };
  const options = { oversize: 'split' } as const;
  const bodies = ['a', 'a'.repeat(600), 'a'];
  const documents = (await documentsOf(bodies, { numbered: true, limits }, options)).get('a') ?? [];
  const numbers = documents.map(({ sequence }) => sequence?.number);
  expect(new Set(numbers)).toEqual(new Set([1, 2, 3]));
  expect(numbers.filter((number) => number === 2).length).toBeGreaterThan(1);
});

it('a static field that would hide the number is refused', async () => {
  const refused = documentsOf([], {}, { staticFields: { sequence: 1 } });
  await expect(refused).rejects.toThrow('sequence');
});
