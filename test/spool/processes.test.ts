import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { batchOf, idOf } from './children/batches.ts';
import { Child, runScript } from './support/child.ts';
import { loaded, type OpenSpool, SpoolSite } from './support/spool-site.ts';

const storeBatches = new URL('./children/store-batches.ts', import.meta.url);
const sendAll = new URL('./children/send-all.ts', import.meta.url);

/** Ids of all batches that are stored, each verified entry by entry. */
async function verifiedIds({ spool, told }: OpenSpool): Promise<string[]> {
  const ids: string[] = [];
  for (let file = spool.nextStored(); file !== undefined; file = spool.nextStored()) {
    const entries = await loaded(spool, file);
    const id = entries[0] === undefined ? '' : idOf(entries[0]);
    expect(entries).toEqual(batchOf(id).map((entry, index) => ({ ...entry, index })));
    ids.push(id);
  }
  expect(told).toMatchObject({ losses: [], asides: [], health: [] });
  return ids;
}

it('kill -9 in the middle of stores, again and again: every acknowledged batch is there, once and whole', async () => {
  const site = new SpoolSite();
  const acknowledged: string[] = [];
  for (let round = 1; round <= 5; round += 1) {
    const child = runScript(storeBatches, site.directory);
    await child.untilLines('stored', 7 * round);
    await child.kill();
    acknowledged.push(...child.after('stored'));
    expect(child.lines.filter((line) => !line.startsWith('stored'))).toEqual([]);
  }
  const ids = await verifiedIds(await site.open());
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).toEqual(expect.arrayContaining(acknowledged));
  // What was being written, at most: three a child.
  expect(ids.length - acknowledged.length).toBeLessThanOrEqual(15);
  expect(site.paths().filter((path) => path.endsWith('.tmp'))).toEqual([]);
});

it('kill -9 in the middle of sending: every acknowledged batch is sent', async () => {
  const site = new SpoolSite();
  const writer = runScript(storeBatches, site.directory, '60');
  await expect.poll(() => writer.lines).toContain('done');
  await writer.kill();
  const sent: string[] = [];
  for (const count of [10, 20]) {
    const sender = runScript(sendAll, site.directory, `${count}`);
    await sender.untilLines('sent', count);
    await sender.kill();
    sent.push(...sender.after('sent'));
  }
  const last = runScript(sendAll, site.directory);
  await last.end();
  sent.push(...last.after('sent'));
  expect(new Set(sent)).toEqual(new Set(writer.after('stored')));
  expect(site.spoolPaths()).toEqual([]);
});

it('two living processes and the files of three dead ones: each batch is sent once', async () => {
  const site = new SpoolSite();
  const stored: string[] = [];
  for (const _ of ['one', 'two', 'three']) {
    const writer = runScript(storeBatches, site.directory, '40');
    await expect.poll(() => writer.lines).toContain('done');
    await writer.kill();
    stored.push(...writer.after('stored'));
  }
  const senders = ['one', 'other'].map(() => runScript(sendAll, site.directory));
  await Promise.all(senders.map((sender) => sender.end()));
  const sent = senders.flatMap((sender) => sender.after('sent'));
  expect(sent.sort()).toEqual(stored.sort());
  expect(senders.flatMap(({ lines }) => lines).filter((line) => !line.startsWith('sent'))).toEqual(
    [],
  );
  expect(site.paths()).toEqual(['group']);
});

it('an owner that was stopped keeps its files until it is dead', async () => {
  const site = new SpoolSite();
  const child = runScript(storeBatches, site.directory, '5');
  await expect.poll(() => child.lines).toContain('done');
  child.signal('SIGSTOP');
  const opened = await site.open();
  await site.runtime.advance(60_000);
  await opened.spool.sweep();
  expect(opened.spool.fileCount).toBe(0);
  await child.kill();
  await opened.spool.sweep();
  expect((await verifiedIds(opened)).sort()).toEqual(child.after('stored').sort());
});

it('without native code there are no locks: nothing is kept on disk, and the reason is told', async () => {
  const site = new SpoolSite();
  const script = fileURLToPath(storeBatches);
  const child = new Child(process.execPath, [
    '--no-addons',
    '--no-warnings',
    script,
    site.directory,
    '1',
  ]);
  await expect.poll(() => child.lines).toContain('done');
  expect(child.lines).toEqual(['trouble ERR_SPOOL_LOCK', 'done']);
  expect(site.paths()).toEqual([]);
});

it('a system that takes no more bytes: what was acknowledged is whole, nothing half-written stays', async () => {
  const site = new SpoolSite();
  const script = fileURLToPath(storeBatches);
  // No file may become larger than 8 KiB: the system takes a part, then fails with EFBIG.
  const shell = 'ulimit -f 8; exec "$@"';
  // Of this name the first batches are small, and some later ones too large.
  const batches = [site.directory, '40', 'Infinity', 'full'];
  const args = ['-c', shell, '-', process.execPath, '--no-warnings', script, ...batches];
  const child = new Child('/bin/bash', args);
  await expect.poll(() => child.lines).toContain('done');
  expect(child.lines).toContain('trouble EFBIG');
  await child.kill();
  const ids = await verifiedIds(await site.open());
  expect(ids.sort()).toEqual(child.after('stored').sort());
  expect(ids.length).toBeGreaterThan(0);
  expect(site.paths().filter((path) => path.endsWith('.tmp'))).toEqual([]);
});
