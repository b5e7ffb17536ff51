import { entryBytes, entryCountOf, forEachEntry } from '../../exporter/each-entry.ts';
import { RecordEntry } from '../../exporter/record-entry.ts';
import type { ReusedMemory } from '../../exporter/reused-memory.ts';
import type { PackedEntry } from '../../pack/packed-entry.ts';
import type { ByteTurns } from '../aws/byte-turns.ts';
import { JsonBody } from '../aws/json-body.ts';

const GROUP_BYTES = 3;
const GROUP_CHARACTERS = 4;
const BEFORE_FIRST = '{"Data":';
const BETWEEN = `},${BEFORE_FIRST}`;
/** What the strings of two records have between them, with all that base64 may end with. */
const BETWEEN_STRINGS = ['', '=', '=='].map((padding) => Buffer.from(`${padding}"${BETWEEN}"`));
/** Their base64 has as many characters as stand between two strings: these are full groups, three of them. */
const GAP_BYTES = (`"${BETWEEN}"`.length / GROUP_CHARACTERS) * GROUP_BYTES;
/** Of a record beside its bytes, about. */
const RECORD_CHARACTERS = 16;
/** Of all base64. */
const GROWTH = 1.34;

/**
 * Room between records that lie one after the other, so that all of them become base64 in one piece: each begins at a
 * full group, and what stands between two of them is written over that of the gap.
 */
export function gapBehindRecord(length: number): number {
  return paddingOf(length) + GAP_BYTES;
}

/** The body of a PutRecordBatch call. */
export async function recordsBody(
  deliveryStreamName: string | undefined,
  records: readonly PackedEntry[],
  buffers: ReusedMemory,
  turns: ByteTurns,
): Promise<JsonBody> {
  let dataBytes = 0;
  for (const record of records) dataBytes += entryBytes(record);
  const sizeBytes = dataBytes * GROWTH + entryCountOf(records) * RECORD_CHARACTERS;
  const body = new JsonBody(buffers, Math.ceil(sizeBytes) + 256);
  body.syntax('{"DeliveryStreamName":').value(deliveryStreamName).syntax(',"Records":[');
  let before = BEFORE_FIRST;
  for (const record of records) {
    // One, or several that lie in one piece of memory: these are few.
    const bytes = entryBytes(record);
    if (!turns.hasRoomFor(bytes)) await turns.next();
    turns.add(bytes);
    body.syntax(before);
    writeData(body, record);
    before = BETWEEN;
  }
  return body.syntax('}]}');
}

function writeData(body: JsonBody, record: PackedEntry): void {
  if (record instanceof RecordEntry && record.gapBehind === gapBehindRecord) {
    writeTogether(body, record);
    return;
  }
  let before = '';
  forEachEntry([record], (memory, start, end) => {
    body.syntax(before).base64(memory, start, end);
    before = BETWEEN;
  });
}

function writeTogether(body: JsonBody, run: RecordEntry): void {
  const firstCharacter = body.length + '"'.length;
  body.base64(run.memory, run.start, run.start + run.length);
  let between: Buffer | undefined;
  forEachEntry([run], (_memory, start, end) => {
    if (between !== undefined) {
      const character = ((start - run.start) / GROUP_BYTES) * GROUP_CHARACTERS;
      body.overwrite(firstCharacter + character - between.length, between);
    }
    between = BETWEEN_STRINGS[paddingOf(end - start)];
  });
}

/** So many characters base64 lacks to full groups. */
function paddingOf(length: number): number {
  return (GROUP_BYTES - (length % GROUP_BYTES)) % GROUP_BYTES;
}
