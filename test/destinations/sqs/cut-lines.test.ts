import { expect, it } from 'vitest';
import { createLogRecord } from '../../../src/testing/index.ts';
import { withSqs } from './support/sqs-run.ts';

const options = { aggregation: 'lines', acknowledge: 'accepted', maxMessageBytes: 2_000 };

/** Names of attributes cannot be cut, only left out: then there is room for another line. */
const cut = createLogRecord({
  body: 'cut "x"',
  attributes: Object.fromEntries(['k', 'l', 'm'].map((letter) => [letter.repeat(600), 1])),
});

it('a line behind a record that was cut arrives unharmed', async () => {
  await withSqs(options, async ({ drops, exporter, messages, send }) => {
    await send([cut, createLogRecord({ body: 'b "1"' })]);
    await exporter.forceFlush();
    const lines = messages().flatMap(({ body }) => body.trimEnd().split('\n'));
    expect(lines.map((line) => (JSON.parse(line) as { body: string }).body)).toEqual([
      'cut "x"',
      'b "1"',
    ]);
    expect(drops).toEqual([]);
  });
});
