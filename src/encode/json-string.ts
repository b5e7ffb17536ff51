import type { ByteWriter } from './byte-writer.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** Up to here a loop over the characters beats the fixed cost of a native call. */
const SHORT_CHARACTERS = 36;
/** A piece whose escaped form surely stays under the longest string that V8 makes. */
const ESCAPE_CHARACTERS = 1_048_576;

/** 1 for bytes that JSON text cannot hold as they are (RFC 8259 section 7). */
const MUST_ESCAPE: Uint8Array = makeTable();

function makeTable(): Uint8Array {
  const table = new Uint8Array(256);
  table.fill(1, 0, 0x20);
  table[QUOTE] = 1;
  table[BACKSLASH] = 1;
  return table;
}

/** Writes `text` with its quotes as JSON; lone surrogates become U+FFFD, so the bytes are valid UTF-8. */
export function writeJsonString(writer: ByteWriter, text: string): void {
  const length = text.length;
  const start = writer.position;
  if (length < SHORT_CHARACTERS) {
    writer.ensure(length + 2);
    const buffer = writer.buffer;
    let position = start;
    buffer[position++] = QUOTE;
    let index = 0;
    for (; index < length; index++) {
      const code = text.charCodeAt(index);
      if (code > 0x7e || MUST_ESCAPE[code] === 1) break;
      buffer[position++] = code;
    }
    if (index === length) {
      buffer[position++] = QUOTE;
      writer.position = position;
      return;
    }
  }
  writer.writeByte(QUOTE);
  const written = writer.writeUtf8(text);
  if (needsEscape(writer.buffer, start + 1, start + 1 + written)) {
    writer.position = start + 1;
    writeEscaped(writer, text);
  }
  writer.writeByte(QUOTE);
}

/** Bytes of `text` inside the quotes. Adds up over pieces that are cut between code points. */
export function jsonStringBytes(text: string): number {
  let bytes = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code < 0x80)
      bytes += code < 0x20 || code === QUOTE || code === BACKSLASH ? escapedBytes(code) : 1;
    else if (code < 0x800) bytes += 2;
    else if (isLeadOfPair(text, index, code)) {
      bytes += 4;
      index++;
    } else bytes += 3;
  }
  return bytes;
}

function isLeadOfPair(text: string, index: number, code: number): boolean {
  if (code < 0xd800 || code > 0xdbff) return false;
  const next = text.charCodeAt(index + 1);
  return next >= 0xdc00 && next <= 0xdfff;
}

function escapedBytes(code: number): number {
  // \b \t \n \f \r \" \\ are short; the other control characters are \u00XX.
  return (code >= 8 && code <= 13 && code !== 11) || code >= 0x20 ? 2 : 6;
}

function needsEscape(buffer: Uint8Array, start: number, end: number): boolean {
  let position = start;
  // The reads lie within the buffer, so `?? 0` never applies; it satisfies the type of an index.
  for (const last = end - 3; position < last; position += 4) {
    if (
      MUST_ESCAPE[buffer[position] ?? 0] === 1 ||
      MUST_ESCAPE[buffer[position + 1] ?? 0] === 1 ||
      MUST_ESCAPE[buffer[position + 2] ?? 0] === 1 ||
      MUST_ESCAPE[buffer[position + 3] ?? 0] === 1
    ) {
      return true;
    }
  }
  for (; position < end; position++) {
    if (MUST_ESCAPE[buffer[position] ?? 0] === 1) return true;
  }
  return false;
}

function writeEscaped(writer: ByteWriter, text: string): void {
  if (text.length <= ESCAPE_CHARACTERS) {
    writer.writeUtf8(JSON.stringify(text.toWellFormed()).slice(1, -1));
    return;
  }
  const repaired = text.toWellFormed();
  for (let start = 0; start < repaired.length; ) {
    let end = Math.min(start + ESCAPE_CHARACTERS, repaired.length);
    const last = repaired.charCodeAt(end - 1);
    if (last >= 0xd800 && last <= 0xdbff) end++;
    writer.writeUtf8(JSON.stringify(repaired.slice(start, end)).slice(1, -1));
    start = end;
  }
}
