// Stores batches in `directory`, with a line on stdout for each that is acknowledged, until it is killed or has
// stored `count`; then it stays alive. How large a batch is depends on `name`.
import { writeSync } from 'node:fs';
import { Spool } from '../../../src/spool/spool.ts';
import { batchOf } from './batches.ts';
import { systemClock } from './system-clock.ts';

const [directory = '', count = 'Infinity', maxBytes = 'Infinity', name = `${process.pid}`] =
  process.argv.slice(2);
const ignore = (): void => {};
const spool = new Spool({
  directory,
  group: 'group',
  maxBytes: Number(maxBytes),
  maxAgeMillis: Number.POSITIVE_INFINITY,
  clock: systemClock,
  events: {
    adopted: ignore,
    stranded: ignore,
    lost: ({ reason, recordCount }) => writeSync(1, `lost ${reason} ${recordCount}\n`),
    setAside: ({ why }) => writeSync(1, `aside ${why}\n`),
    trouble: (error) => writeSync(1, `trouble ${'code' in error ? error.code : error.message}\n`),
    recovered: () => writeSync(1, 'recovered\n'),
  },
});
await spool.open();
setInterval(ignore, 1000);

const target = { key: 'logs', names: { queueName: 'logs' } };
let next = 0;
await Promise.all(
  Array.from({ length: 3 }, async () => {
    while (next < Number(count)) {
      next += 1;
      const id = `${name}.${next}`;
      const file = await spool.store(target, batchOf(id));
      if (file instanceof Error) {
        await new Promise((resolve) => setTimeout(resolve, 20));
        continue;
      }
      writeSync(1, `stored ${id}\n`);
      spool.unload(file);
    }
  }),
);
writeSync(1, 'done\n');
