import type { RecordPart, RecordSequence } from '../encode/log-record-encoder.ts';
import { isMap } from '../is-map.ts';
import { integerOf, listOf, present } from './read-fields.ts';

/** More parts than any record of this package has; each one that waits costs memory. */
const MAX_PARTS = 1_000_000;

export interface Note {
  truncated?: { fields: string[]; originalBytes: number };
  part?: RecordPart;
  sequence?: RecordSequence;
}

/** What an encoder said of the record: `truncated`, `part` and `sequence` of a flat document. */
export function readNote(document: Readonly<Record<string, unknown>>): Note {
  const { part, sequence, truncated } = document;
  return present({
    truncated: isMap(truncated)
      ? {
          fields: texts(truncated['fields']),
          originalBytes: integerOf(truncated['original_bytes']) ?? 0,
        }
      : undefined,
    part: isMap(part) ? partOf(part) : undefined,
    sequence: isMap(sequence) ? sequenceOf(sequence) : undefined,
  });
}

/** Undefined without a number: one made up would tell of records that are missing and are not. */
function sequenceOf(sequence: Readonly<Record<string, unknown>>): RecordSequence | undefined {
  const { id } = sequence;
  const number = integerOf(sequence['number']);
  return typeof id === 'string' && number !== undefined ? { id, number } : undefined;
}

/** Undefined for what cannot be joined. */
function partOf(part: Readonly<Record<string, unknown>>): RecordPart | undefined {
  const { id, index, count } = part;
  if (typeof id !== 'string' || !isCount(index) || !isCount(count)) return undefined;
  if (index >= count || count > MAX_PARTS) return undefined;
  const json = part['json_fields'];
  return {
    id,
    index,
    count,
    fields: texts(part['fields']),
    ...(Array.isArray(json) && { jsonFields: texts(json) }),
  };
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function texts(value: unknown): string[] {
  return listOf(value).filter((item) => typeof item === 'string');
}
