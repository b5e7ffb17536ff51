import { isMap } from '../is-map.ts';
import type { ValueMap } from './decoded-log-record.ts';
import { jsonHeldBytes } from './json-held-bytes.ts';

/** Fields that hold text, whatever it looks like: the level `123`, the event `true`. */
const TEXT_FIELDS: ReadonlySet<string> = new Set([
  'timestamp',
  'observed_timestamp',
  'severity_text',
  'event_name',
  'trace_id',
  'span_id',
  'trace_flags',
]);
const DISTLOG_TEXT_FIELDS: ReadonlySet<string> = new Set([
  'name',
  'msg',
  'levelname',
  'pathname',
  'processName',
  'message',
  'asctime',
]);
const JSON_TEXT = /^(?:[{[]|-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$|true$|false$|null$)/i;

const AMPERSAND = 0x26;
/** About what a field holds in memory while a form is read, beside its text. */
const BYTES_A_FIELD = 256;

/**
 * The document that a form stands for: its only field when that is a JSON object, else a field for each.
 *
 * A value that is JSON text of something other than a string is that value, save in the fields that hold text.
 * @throws RangeError for so many fields that they hold more than `maxHeldBytes`.
 */
export function readForm(line: string, maxHeldBytes: number): ValueMap {
  if (fieldCount(line) * BYTES_A_FIELD + line.length > maxHeldBytes) {
    throw new RangeError('A form of too many fields');
  }
  const form = new URLSearchParams(line);
  const isDistlog = form.has('levelno');
  const document: ValueMap = Object.fromEntries(
    [...form].map(([key, text]) => {
      const isText = TEXT_FIELDS.has(key) || (isDistlog && DISTLOG_TEXT_FIELDS.has(key));
      return [key, isText ? text : readValue(key, text, maxHeldBytes)];
    }),
  );
  const [only, ...others] = Object.values(document);
  return others.length === 0 && isMap(only) ? only : document;
}

function fieldCount(line: string): number {
  let count = 1;
  for (let index = 0; index < line.length; index++) {
    if (line.charCodeAt(index) === AMPERSAND) count++;
  }
  return count;
}

function readValue(key: string, text: string, maxHeldBytes: number): unknown {
  // A body of digits is still text; only what cannot be text is read as JSON.
  if (key === 'body' && !/^[{[]/.test(text)) return text;
  if (!JSON_TEXT.test(text) || key.endsWith('_id')) return text;
  if (jsonHeldBytes(text) > maxHeldBytes) return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
