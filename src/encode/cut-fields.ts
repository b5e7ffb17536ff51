import type { EncodingNote } from './log-record-encoder.ts';

type Field = readonly [string, Record<string, unknown>];

/** Most notes tell only of a sequence. */
export function tellsOfCuts({ part, truncated }: EncodingNote): boolean {
  return truncated !== undefined || part !== undefined;
}

/** What a note says of a record that was cut or split, as the fields of the flat document, in their order. */
export function cutFields({ part, truncated }: EncodingNote): readonly Field[] {
  const fields: Field[] = [];
  if (truncated !== undefined) {
    fields.push([
      'truncated',
      { fields: truncated.fields, original_bytes: truncated.originalBytes },
    ]);
  }
  if (part !== undefined) {
    fields.push([
      'part',
      {
        id: part.id,
        index: part.index,
        count: part.count,
        fields: part.fields,
        json_fields: part.jsonFields,
      },
    ]);
  }
  return fields;
}
