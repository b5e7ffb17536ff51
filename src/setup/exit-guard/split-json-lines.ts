import { findObjectEnd, startState } from '../../decode/find-object-end.ts';

const OPEN_OBJECT = 0x7b;

/**
 * The JSON documents in these bytes, each on one line as it was written: one that may go over several lines,
 * or one a line. Undefined when there is anything else, or nothing.
 */
export function splitJsonLines(bytes: Uint8Array): readonly string[] | undefined {
  const text = utf8TextOf(bytes)?.trim();
  if (text === undefined || text === '') return undefined;
  if (isJson(text)) return [onOneLine(text)];
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return lines.every(isJson) ? lines : undefined;
}

/** The JSON objects in these bytes, whatever stands between them. Undefined when there is none, or damage. */
export function splitJsonObjects(bytes: Uint8Array): readonly string[] | undefined {
  const objects: string[] = [];
  let start = bytes.indexOf(OPEN_OBJECT);
  while (start >= 0) {
    const rest = bytes.subarray(start);
    const { end, outcome } = findObjectEnd(rest, 0, startState());
    const text = utf8TextOf(rest.subarray(0, end));
    if (outcome !== 'complete' || text === undefined || !isJson(text)) return undefined;
    objects.push(onOneLine(text));
    start = bytes.indexOf(OPEN_OBJECT, start + end);
  }
  return objects.length > 0 ? objects : undefined;
}

/** RFC 8259: outside of strings line breaks are white space, and inside them they are escaped. */
function onOneLine(json: string): string {
  return json.replace(/[\r\n]+/gu, ' ');
}

function utf8TextOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
