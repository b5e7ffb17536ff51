/** One token behind white space; a text is taken as `"`, any other scalar as `0`. RFC 8259. */
const TOKEN =
  /[ \t\n\r]*(?:(?<text>"(?:[ !#-[\]-\xff]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")|(?<scalar>-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)|(?<mark>[{}[\],:]))/y;

type Place = 'first key' | 'key' | 'colon' | 'first value' | 'value' | 'behind';

/**
 * Tells whether the bytes are one JSON object. For short ones: a `JSON.parse` that throws takes ten times as
 * long, and bytes without meaning may have it throw for every few of them.
 */
export function isJsonObject(bytes: Buffer): boolean {
  const text = bytes.toString('latin1');
  const closers: string[] = [];
  let place: Place = 'value';
  TOKEN.lastIndex = 0;
  do {
    const token = nextToken(text);
    const closer = closers.at(-1);
    if (token === closer && (place === 'behind' || place.startsWith('first'))) {
      closers.pop();
      place = 'behind';
    } else if (place === 'behind') {
      if (token !== ',') return false;
      place = closer === '}' ? 'key' : 'value';
    } else if (place === 'colon') {
      if (token !== ':') return false;
      place = 'value';
    } else if (place.endsWith('key')) {
      if (token !== '"') return false;
      place = 'colon';
    } else if (token === '{' || token === '[') {
      closers.push(token === '{' ? '}' : ']');
      place = token === '{' ? 'first key' : 'first value';
    } else if (token === '"' || token === '0') {
      place = 'behind';
    } else {
      return false;
    }
  } while (closers.length > 0);
  return TOKEN.lastIndex === text.length;
}

function nextToken(text: string): string | undefined {
  const { mark, scalar } = TOKEN.exec(text)?.groups ?? {};
  if (mark !== undefined) return mark;
  if (scalar !== undefined) return '0';
  return TOKEN.lastIndex > 0 ? '"' : undefined;
}
