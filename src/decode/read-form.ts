import type { ValueMap } from './decoded-log-record.ts';

/**
 * The document that a form stands for: its only field when that is a JSON object, else a field for each.
 *
 * A value that is JSON text of something other than a string is that value.
 */
export function readForm(line: string): ValueMap {
  const document: ValueMap = Object.fromEntries(
    [...new URLSearchParams(line)].map(([key, text]) => [key, readValue(key, text)]),
  );
  const [only, ...others] = Object.values(document);
  return others.length === 0 && isPlainObject(only) ? only : document;
}

function readValue(key: string, text: string): unknown {
  // A body of digits is still text; only what cannot be text is read as JSON.
  if (key === 'body' && !/^[{[]/.test(text)) return text;
  if (!/^(?:[{[]|-?\d+(?:\.\d+)?$|true$|false$|null$)/.test(text) || key.endsWith('_id'))
    return text;
  if (key === 'trace_flags') return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

function isPlainObject(value: unknown): value is ValueMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
