import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { createHostileLogRecords, createLogRecord, uidOf } from 'collectorless/testing';

const CHARACTERS = ['x', 'é', '€', '\u{1f600}'];
const EDGE_BYTES = [1, 5_120, 262_144, 1_024_000, 1_048_550, 1_048_576, 2_100_000];
const DAY_MILLIS = 24 * 60 * 60 * 1000;

/**
 * `count` hostile records, logged at any time from 20 days ago to 5 hours ahead, among them bodies of
 * every edge size in characters of one to four bytes.
 */
export function* hostileMix(seed: number, count: number): Generator<ReadableLogRecord> {
  const random = mulberry32(seed);
  let yielded = 0;
  for (const record of edgeRecords(seed, random)) {
    yielded += 1;
    yield record;
  }
  while (yielded < count) {
    const hostile = createHostileLogRecords(Math.floor(random() * 2 ** 31), 1_000);
    for (const [index, record] of hostile.entries()) {
      if (yielded >= count) return;
      // Its own giants are left to the edges above: 10⁵ of them would only test the memory.
      if (isGiant(record) && random() > 0.01) continue;
      yielded += 1;
      yield placed(record, `${seed}-${yielded}-${index}`, random);
    }
  }
}

export { uidOf };

function* edgeRecords(seed: number, random: () => number): Generator<ReadableLogRecord> {
  for (const bytes of EDGE_BYTES) {
    for (const character of CHARACTERS) {
      for (const off of [-1, 0, 1]) {
        const length = Math.max(0, Math.floor((bytes + off) / Buffer.byteLength(character)));
        const rest = Math.max(0, bytes + off - length * Buffer.byteLength(character));
        const body = character.repeat(length) + 'x'.repeat(rest);
        const uid = `${seed}-edge-${bytes}-${character.codePointAt(0)}-${off}`;
        yield placed(createLogRecord({ body }), uid, random);
      }
    }
  }
}

/** The record under a uid and a time of its own; hostile members stay as they are. */
function placed(record: ReadableLogRecord, uid: string, random: () => number): ReadableLogRecord {
  const millis = Date.now() - 20 * DAY_MILLIS + random() * (20 * DAY_MILLIS + 5 * 60 * 60 * 1000);
  const isBroken = !Number.isFinite(record.hrTime[0]) || record.hrTime[0] <= 0;
  const attributes = Object.defineProperties(
    {},
    Object.getOwnPropertyDescriptors(record.attributes),
  );
  Object.defineProperty(attributes, 'uid', { value: uid, enumerable: true });
  const copy = Object.defineProperties({}, Object.getOwnPropertyDescriptors(record));
  Object.defineProperty(copy, 'attributes', { value: attributes, enumerable: true });
  if (!isBroken) {
    const hrTime = [Math.floor(millis / 1000), Math.floor((millis % 1000) * 1e6)];
    Object.defineProperty(copy, 'hrTime', { value: hrTime, enumerable: true });
  }
  return copy as ReadableLogRecord;
}

function isGiant(record: ReadableLogRecord): boolean {
  try {
    return typeof record.body === 'string' && record.body.length > 2_000;
  } catch {
    return false;
  }
}

function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
