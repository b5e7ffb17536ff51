import type { EncodingNote } from './log-record-encoder.ts';

/** The note as the fields of the flat document, in their order. */
export function noteFields(note: EncodingNote): [string, Record<string, unknown>][] {
  const fields: [string, Record<string, unknown>][] = [];
  const { truncated, part, sequence } = note;
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
  if (sequence !== undefined) {
    fields.push(['sequence', { id: sequence.id, number: sequence.number }]);
  }
  return fields;
}
