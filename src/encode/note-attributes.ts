import type { EncodingNote } from './log-record-encoder.ts';

/** The note as attributes, for encodings that have no other place to tell it. */
export function noteAttributes(note: EncodingNote): Record<string, unknown> {
  const attributes: Record<string, unknown> = {};
  const { truncated, part, sequence } = note;
  if (truncated !== undefined) {
    attributes['collectorless.truncated.fields'] = truncated.fields;
    attributes['collectorless.truncated.original_bytes'] = truncated.originalBytes;
  }
  if (part !== undefined) {
    attributes['collectorless.part.id'] = part.id;
    attributes['collectorless.part.index'] = part.index;
    attributes['collectorless.part.count'] = part.count;
    attributes['collectorless.part.fields'] = part.fields;
    if (part.jsonFields !== undefined) {
      attributes['collectorless.part.json_fields'] = part.jsonFields;
    }
  }
  if (sequence !== undefined) {
    attributes['collectorless.sequence.id'] = sequence.id;
    attributes['collectorless.sequence.number'] = sequence.number;
  }
  return attributes;
}
