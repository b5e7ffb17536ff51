import type { EncodingNote } from './log-record-encoder.ts';

/** What a note says of a record that was cut or split, as the fields of the flat document, in their order. */
export function noteFields(note: EncodingNote): [string, Record<string, unknown>][] {
  const fields: [string, Record<string, unknown>][] = [];
  const { truncated, part } = note;
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
