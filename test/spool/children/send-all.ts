// Sends everything that is in `directory`, one line on stdout a batch, until there has been nothing for a while; or
// `count` batches, then it stays alive.
import { writeSync } from 'node:fs';
import { Spool } from '../../../src/spool/spool.ts';
import { idOf } from './batches.ts';
import { systemClock } from './system-clock.ts';

const [directory = '', count = 'Infinity'] = process.argv.slice(2);
const ignore = (): void => {};
const spool = new Spool({
  directory,
  group: 'group',
  maxBytes: Number.POSITIVE_INFINITY,
  maxAgeMillis: Number.POSITIVE_INFINITY,
  clock: systemClock,
  events: {
    adopted: ignore,
    stranded: ignore,
    lost: ({ reason }) => writeSync(1, `lost ${reason}\n`),
    setAside: ({ why }) => writeSync(1, `aside ${why}\n`),
    trouble: (error) => writeSync(1, `trouble ${error.message}\n`),
    recovered: ignore,
  },
});
let sent = 0;
await spool.open();
for (let idleSweeps = 0; idleSweeps < 3; idleSweeps += 1) {
  for (let file = spool.nextStored(); file !== undefined; file = spool.nextStored()) {
    idleSweeps = 0;
    const entries = await spool.load(file);
    if (entries instanceof Error) continue;
    for (const entry of entries.slice(0, 1)) writeSync(1, `sent ${idOf(entry)}\n`);
    sent += 1;
    spool.decide(
      file,
      entries.map(({ index }) => index),
    );
    if (sent === Number(count)) await new Promise((resolve) => setTimeout(resolve, 1_000_000));
  }
  await spool.sweep();
}
await spool.close();
