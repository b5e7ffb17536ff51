import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { decodeFile } from '../../../src/spool/decode-file.ts';
import { encodeFile } from '../../../src/spool/encode-file.ts';
import { VERSION_OFFSET } from '../../../src/spool/file-format.ts';
import { formatFileName, journalName, parseFileName } from '../../../src/spool/file-name.ts';
import { Spool } from '../../../src/spool/spool.ts';
import { encodeTarget } from '../../../src/spool/spool-target.ts';
import { FakeRuntime } from '../../support/fake-runtime.ts';
import { type FuzzLaw, law } from '../support/fuzz-law.ts';
import { mutated } from '../support/mutations.ts';

const MAX_READ_BYTES = 1_000_000;
const target = encodeTarget({ key: 'logs', names: { deliveryStreamName: 'logs' } });

interface StoredFile {
  readonly name: string;
  readonly bytes: Buffer;
}

const wholeFile = fc
  .tuple(fc.array(fc.uint8Array({ maxLength: 60 }), { minLength: 1, maxLength: 4 }), fc.nat(999))
  .map(([texts, sequence]): StoredFile => {
    const entries = texts.map((bytes, index) => ({
      bytes,
      recordCount: 1,
      timeMillis: 1_000 + index,
      lastTimeMillis: 1_000 + index,
    }));
    const bytes = encodeFile(target.bytes, entries);
    const name = formatFileName({
      createdAtMillis: Date.UTC(2026, 0, 1),
      sequence,
      recordCount: entries.length,
      byteSize: bytes.length,
      firstTimeMillis: 1_000,
      lastTimeMillis: 1_000 + entries.length - 1,
      targetId: target.id,
    });
    return { name, bytes };
  });

/** As if its writer had written it so: damage that no checksum shows. */
function sealed(bytes: Buffer): Buffer {
  const head = bytes.subarray(0, Math.max(0, bytes.length - 4));
  const sum = Buffer.alloc(4);
  sum.writeUInt32LE(crc32(head));
  return Buffer.concat([head, sum]);
}

/** Lengths and counts that are not so. */
const lie = fc
  .tuple(wholeFile, fc.nat(80), fc.oneof(fc.nat(0xffff_ffff), fc.nat(200)))
  .map(([{ bytes, name }, at, value]) => {
    const changed = Buffer.from(bytes);
    changed.writeUInt32LE(value, Math.min(VERSION_OFFSET + at, changed.length - 8));
    return { name, bytes: sealed(changed) };
  });

const anyFile = fc.oneof(
  lie,
  wholeFile,
  wholeFile.chain(({ bytes, name }) =>
    fc
      .oneof(mutated(fc.constant(bytes)), mutated(fc.constant(bytes)).map(sealed), fc.uint8Array())
      .map((changed) => ({ name, bytes: Buffer.from(changed) })),
  ),
  fc
    .tuple(wholeFile, mutated(wholeFile.map(({ name }) => Buffer.from(name))))
    .map(([{ bytes }, name]) => ({ bytes, name: safeName(name.toString('latin1')) })),
);

function safeName(name: string): string {
  return name.replaceAll('/', '_').replaceAll('\0', '_').slice(0, 120) || '_';
}

const journal = fc.oneof(
  fc.uint8Array({ maxLength: 100 }).map((bytes) => Buffer.from(bytes)),
  fc
    .constantFrom('0 00000000\n', '', '\n\n', '9999999999999999999 ffffffff\n')
    .map((text) => Buffer.from(text)),
);

export const spoolLaws: readonly FuzzLaw[] = [
  law(
    'any bytes of a file are read or refused',
    300,
    fc.property(anyFile, ({ bytes }) => {
      const decoded = decodeFile(bytes);
      if (decoded instanceof Error) return;
      const total = decoded.entries.reduce((sum, entry) => sum + entry.bytes.length, 0);
      assert.ok(total < bytes.length);
    }),
  ),
  law(
    'whatever a dead owner left, each record is read or told as lost, and nothing throws',
    40,
    fc.asyncProperty(
      fc.uniqueArray(anyFile, { selector: ({ name }) => name, maxLength: 6 }),
      fc.option(journal),
      async (files, decisions) => {
        const directory = mkdtempSync(join(tmpdir(), 'collectorless-fuzz-'));
        try {
          const folder = join(directory, 'group', 'b'.repeat(24));
          mkdirSync(folder, { recursive: true, mode: 0o700 });
          writeFileSync(join(folder, 'lock'), '');
          for (const { bytes, name } of files) writeFileSync(join(folder, name), bytes);
          const [first] = files;
          if (decisions !== null && first !== undefined && parseFileName(first.name)) {
            writeFileSync(join(folder, journalName(first.name)), decisions);
          }
          await checkAdoption(directory, files);
        } finally {
          rmSync(directory, { recursive: true, force: true });
        }
      },
    ),
  ),
];

async function checkAdoption(directory: string, files: readonly StoredFile[]): Promise<void> {
  let lost = 0;
  const troubles: Error[] = [];
  const spool = new Spool({
    directory,
    group: 'group',
    maxBytes: Number.POSITIVE_INFINITY,
    maxAgeMillis: Number.POSITIVE_INFINITY,
    clock: new FakeRuntime(),
    events: {
      adopted: () => {},
      lost: (loss) => {
        lost += loss.recordCount;
      },
      setAside: () => {},
      stranded: () => {},
      trouble: (error) => troubles.push(error),
      recovered: () => {},
    },
  });
  await spool.open();
  let read = 0;
  let readBytes = 0;
  for (let file = spool.nextStored(); file !== undefined; file = spool.nextStored()) {
    const entries = await spool.load(file);
    if (entries instanceof Error) continue;
    read += entries.reduce((sum, entry) => sum + entry.recordCount, 0);
    readBytes += entries.reduce((sum, entry) => sum + entry.bytes.length, 0);
  }
  await spool.settle();
  await spool.close();
  const named = files.reduce((sum, { name }) => sum + (parseFileName(name)?.recordCount ?? 0), 0);
  assert.deepEqual(troubles, []);
  assert.ok(readBytes < MAX_READ_BYTES);
  assert.equal(read + lost, named);
}
