import type { ByteWriter } from './byte-writer.ts';
import { hasEscapes } from './json-escapes.ts';

const COMMA = 0x2c;
const COLON = 0x3a;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** Up to here a loop over the characters beats the fixed cost of a native call. */
const SHORT_CHARACTERS = 12;
/** A piece whose escaped form surely stays under the longest string that V8 makes. */
const ESCAPE_CHARACTERS = 1_048_576;

/**
 * Writes `text` with its quotes as JSON; lone surrogates become U+FFFD, so the bytes are valid UTF-8.
 *
 * @returns False when something in it had to be escaped.
 */
export function writeJsonString(writer: ByteWriter, text: string): boolean {
  return (
    (text.length <= SHORT_CHARACTERS && writeShortString(writer, text)) ||
    writeLongString(writer, text)
  );
}

/** False, and nothing written, when the text has a character that is not one byte as it is (RFC 8259 section 7). */
function writeShortString(writer: ByteWriter, text: string): boolean {
  const length = text.length;
  writer.ensure(length + 2);
  const buffer = writer.buffer;
  let position = writer.position;
  buffer[position++] = QUOTE;
  for (let index = 0; index < length; index++) {
    const code = text.charCodeAt(index);
    if (code > 0x7e || code < 0x20 || code === QUOTE || code === BACKSLASH) return false;
    buffer[position++] = code;
  }
  buffer[position++] = QUOTE;
  writer.position = position;
  return true;
}

/** False when something in it had to be escaped. */
function writeLongString(writer: ByteWriter, text: string): boolean {
  writer.writeByte(QUOTE);
  const start = writer.position;
  writer.writeUtf8(text);
  const isEscaped = hasEscapes(writer, start, text);
  if (isEscaped) {
    writer.position = start;
    writeEscaped(writer, text);
  }
  writer.writeByte(QUOTE);
  return !isEscaped;
}

/** Writes `,"key":`; for the first key of an object the brace takes the place of the comma. */
export function writeJsonKey(writer: ByteWriter, key: string): void {
  writer.writeByte(COMMA);
  writeJsonString(writer, key);
  writer.writeByte(COLON);
}

/** Well-formed text as it stands inside the quotes. */
export function jsonContent(text: string): string {
  return JSON.stringify(text).slice(1, -1);
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

function writeEscaped(writer: ByteWriter, text: string): void {
  if (text.length <= ESCAPE_CHARACTERS) {
    writer.writeUtf8(jsonContent(text.toWellFormed()));
    return;
  }
  const repaired = text.toWellFormed();
  for (let start = 0; start < repaired.length; ) {
    let end = Math.min(start + ESCAPE_CHARACTERS, repaired.length);
    const last = repaired.charCodeAt(end - 1);
    if (last >= 0xd800 && last <= 0xdbff) end++;
    writer.writeUtf8(jsonContent(repaired.slice(start, end)));
    start = end;
  }
}
