import type { ValueMap } from './decoded-log-record.ts';
import { type Note, readNote } from './read-note.ts';

type NoteName = keyof Note;

interface NoteShape {
  readonly name: NoteName;
  /** What it must have, each with a test of its value. */
  readonly fields: Readonly<Record<string, (value: unknown) => boolean>>;
  readonly optional?: string;
}

const SHAPES: readonly NoteShape[] = [
  { name: 'truncated', fields: { fields: isTexts, original_bytes: isNumber } },
  {
    name: 'part',
    fields: { id: isText, index: isNumber, count: isNumber, fields: isTexts },
    optional: 'json_fields',
  },
  { name: 'sequence', fields: { id: isText, number: isNumber } },
];

/**
 * Takes what the encoder said of the record out of its attributes: `collectorless.part.id` and so on.
 *
 * Only whole notes are taken: an attribute of the application may have a name that begins alike.
 */
export function takeNote(attributes: ValueMap): Note {
  const note: Note = {};
  for (const { fields, name, optional } of SHAPES) {
    const attributeOf = (field: string): string => `collectorless.${name}.${field}`;
    const names = Object.keys(fields);
    const isWhole = names.every(
      (field) =>
        Object.hasOwn(attributes, attributeOf(field)) &&
        fields[field]?.(attributes[attributeOf(field)]),
    );
    if (!isWhole) continue;
    if (optional !== undefined && isTexts(attributes[attributeOf(optional)])) names.push(optional);
    const document = Object.fromEntries(
      names.map((field) => [field, attributes[attributeOf(field)]]),
    );
    const found = readNote({ [name]: document });
    if (found[name] === undefined) continue;
    Object.assign(note, found);
    for (const field of names) delete attributes[attributeOf(field)];
  }
  return note;
}

function isText(value: unknown): boolean {
  return typeof value === 'string';
}

function isNumber(value: unknown): boolean {
  return typeof value === 'number';
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every(isText);
}
