import type { ByteWriter } from './byte-writer.ts';
import { jsonContent, writeJsonKey, writeJsonString } from './json-string.ts';
import { ReadyBytes } from './ready-bytes.ts';

const BACKSLASH = 0x5c;
const COLON = 0x3a;
const COMMA = 0x2c;
const QUOTE = 0x22;

/**
 * How texts stand in JSON that is by itself, and in JSON that is the content of a JSON string.
 *
 * Nested JSON has one backslash more before each quote and each backslash, and nothing else: JSON on one line
 * has no control characters.
 */
export interface JsonQuoting {
  /** JSON that is by itself as it stands here. */
  quoted(json: string): string;
  /** Writes a text with its quotes. */
  writeString(writer: ByteWriter, text: string): void;
  /** Writes `,"key":`; for the first key of an object the brace takes the place of the comma. */
  writeKey(writer: ByteWriter, key: string): void;
}

export const PLAIN: JsonQuoting = {
  quoted: (json) => json,
  writeString: writeJsonString,
  writeKey: writeJsonKey,
};

/** Without the quotes around the string that holds it. */
export const NESTED: JsonQuoting = {
  quoted: jsonContent,
  writeString: writeNestedString,
  writeKey(writer, key) {
    writer.writeByte(COMMA);
    writeNestedString(writer, key);
    writer.writeByte(COLON);
  },
};

/** Most texts need nothing but a backslash before their quotes. */
function writeNestedString(writer: ByteWriter, text: string): void {
  const start = writer.position;
  writer.writeByte(BACKSLASH);
  const isAsItIs = writeJsonString(writer, text);
  if (isAsItIs) {
    writer.buffer[writer.position - 1] = BACKSLASH;
    writer.writeByte(QUOTE);
    writer.nestingBytes += 2;
  } else {
    writer.nestingBytes++;
    nestSince(writer, start + 2);
  }
}

/** Nests what stands from `start` to the writer's position: from its end on, as it grows. */
function nestSince(writer: ByteWriter, start: number): void {
  let marks = 0;
  for (let at = start; at < writer.position; at++) if (isMark(writer.buffer[at])) marks++;
  writer.ensure(marks);
  const { buffer, position } = writer;
  for (let from = position - 1, to = from + marks; to > from; from--) {
    const byte = buffer[from] ?? 0;
    buffer[to--] = byte;
    if (isMark(byte)) buffer[to--] = BACKSLASH;
  }
  writer.position = position + marks;
  writer.nestingBytes += marks;
}

function isMark(byte: number | undefined): boolean {
  return byte === QUOTE || byte === BACKSLASH;
}

/** JSON, made ready as it stands here. */
export function readyJson(json: string, { quoted }: JsonQuoting): ReadyBytes {
  const text = quoted(json);
  return new ReadyBytes(Buffer.from(text), text.length - json.length);
}

/** Writes JSON that has quotes or backslashes as it stands here. */
export function writeQuoted(writer: ByteWriter, json: string, { quoted }: JsonQuoting): void {
  const text = quoted(json);
  writer.writeUtf8(text);
  writer.nestingBytes += text.length - json.length;
}
