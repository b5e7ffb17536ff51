import { type DecodedLogRecord, decodeLogRecords } from '../../decode/index.ts';
import type { EncodingName } from '../../exporter/exporter-options.ts';

/** What a body frame holds, and what of it could not be read. */
export interface DecodedBody {
  /** Whole records, and parts of split ones whose siblings come in other messages. */
  readonly records: readonly DecodedLogRecord[];
  readonly errors: readonly Error[];
}

export interface DecodeBodyOptions {
  /** Told by the application; it wins over the topic's letter. */
  readonly encoding: EncodingName | undefined;
  readonly maxBytes: number;
}

/** Decodes a body frame, by the encoding letter of its topic or by its looks. Never throws. */
export function decodeBody(
  topic: string,
  body: Uint8Array,
  { encoding, maxBytes }: DecodeBodyOptions,
): DecodedBody {
  const errors: Error[] = [];
  const records = decodeLogRecords(body, {
    ...present(encoding ?? encodingOf(topic, body)),
    maxDecompressedBytes: maxBytes,
    onError: ({ error }) => errors.push(error),
  });
  if (body.length === 0) errors.push(new Error('The body is empty'));
  // The decoder ends with an error for each split record that is not whole: here its rest is yet to come.
  const keptCount = Math.max(0, errors.length - splitRecordCount(records));
  return { records, errors: errors.slice(0, keptCount) };
}

const DEFAULT_TOPIC = /^[TSP][LP](?<letter>[JMT])$/u;
/** How bytes begin that hold JSON or are compressed. */
const OPENINGS: ReadonlySet<number> = new Set([0x7b, 0x5b, 0xef, 0x1f, 0x28]);
const WHITE_SPACE: ReadonlySet<number> = new Set([0x20, 0x09, 0x0a, 0x0d]);

function encodingOf(topic: string, body: Uint8Array): EncodingName | undefined {
  switch (DEFAULT_TOPIC.exec(topic)?.groups?.['letter']) {
    case 'M':
      return 'msgpack';
    case 'T':
      return 'body';
    case 'J': {
      // Which JSON it is shows in its fields. What is none at all must not be taken for text.
      const first = body.find((byte) => !WHITE_SPACE.has(byte));
      return first !== undefined && OPENINGS.has(first) ? undefined : 'json';
    }
    default:
      return undefined;
  }
}

/** Split records of which some parts are missing. */
function splitRecordCount(records: readonly DecodedLogRecord[]): number {
  const partCounts = new Map<string, number>();
  let complete = 0;
  for (const { part } of records) {
    if (part === undefined) continue;
    const key = `${part.count} ${part.id}`;
    const partCount = (partCounts.get(key) ?? 0) + 1;
    partCounts.set(key, partCount);
    if (partCount === part.count) complete += 1;
  }
  return partCounts.size - complete;
}

function present(encoding: EncodingName | undefined): { readonly encoding?: EncodingName } {
  return encoding === undefined ? {} : { encoding };
}
