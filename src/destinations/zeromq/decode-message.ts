import { type DecodedLogRecord, decodeLogRecords } from '../../decode/index.ts';
import type { EncodingName } from '../../exporter/exporter-options.ts';

/** What a body frame holds, and what of it could not be read. */
export interface DecodedBody {
  /** Whole records, and parts of split ones whose siblings come in other messages. */
  readonly records: readonly DecodedLogRecord[];
  /** Those parts that are all here and join to no record, of which an error tells: nothing else is to come. */
  readonly unjoinable: ReadonlySet<DecodedLogRecord>;
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
  const { incomplete, unjoinable } = splitRecords(records);
  // The decoder ends with an error for each split record that is not whole: here its rest is yet to come.
  const keptCount = Math.max(0, errors.length - incomplete);
  return { records, unjoinable, errors: errors.slice(0, keptCount) };
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

/** How many split records lack parts, and the parts of those that lack none. */
function splitRecords(records: readonly DecodedLogRecord[]): {
  readonly incomplete: number;
  readonly unjoinable: ReadonlySet<DecodedLogRecord>;
} {
  const partsByKey = new Map<string, DecodedLogRecord[]>();
  const unjoinable = new Set<DecodedLogRecord>();
  let complete = 0;
  for (const record of records) {
    const { part } = record;
    if (part === undefined) continue;
    const key = `${part.count} ${part.id}`;
    const parts = partsByKey.get(key) ?? [];
    partsByKey.set(key, parts);
    parts.push(record);
    if (parts.length !== part.count) continue;
    complete += 1;
    for (const one of parts) unjoinable.add(one);
  }
  return { incomplete: partsByKey.size - complete, unjoinable };
}

function present(encoding: EncodingName | undefined): { readonly encoding?: EncodingName } {
  return encoding === undefined ? {} : { encoding };
}
