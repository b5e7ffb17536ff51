import { isUtf8 } from 'node:buffer';
import { createJsonEscapes, type JsonEscapes, REPLACED } from '../aws/json-escapes.ts';

/*
 * SQS refuses some characters (https://www.w3.org/TR/REC-xml/#charsets): a control character becomes `?`,
 * U+FFFE and U+FFFF the replacement character. The length stays, as the text was made to fit; so bytes that
 * are no UTF-8, which only an encoder of the user's own can make, become `?` too.
 */

const QUESTION_MARK = 0x3f;
const NON_CHARACTERS = [Buffer.from([0xef, 0xbf, 0xbe]), Buffer.from([0xef, 0xbf, 0xbf])];

/** The escapes of a message's body, in which control characters are replaced on the way. */
export const MESSAGE_ESCAPES: JsonEscapes = createMessageEscapes();

function createMessageEscapes(): JsonEscapes {
  const escapes = createJsonEscapes();
  for (let byte = 0; byte < 0x20; byte += 1) {
    if (!isAllowedControl(byte)) escapes[byte] = REPLACED | QUESTION_MARK;
  }
  return escapes;
}

/** Repaired but for control characters. */
export function withoutNonCharacters(bytes: Uint8Array): Uint8Array {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isClean = isUtf8(bytes) && !NON_CHARACTERS.some((one) => buffer.includes(one));
  return isClean ? bytes : repairText(bytes);
}

/** UTF-8 text without the characters that SQS refuses. */
export function repairText(bytes: Uint8Array): Uint8Array {
  const isText = isUtf8(bytes);
  let repaired: Uint8Array | undefined;
  for (let index = 0; index < bytes.length; index += 1) {
    const byte = bytes[index] ?? 0;
    if (byte >= 0x20 && byte < 0x80) continue;
    if (isAllowedControl(byte)) continue;
    if (byte < 0x20 || !isText) {
      repaired ??= new Uint8Array(bytes);
      repaired[index] = QUESTION_MARK;
    } else if (byte === 0xef && isNonCharacter(bytes, index)) {
      repaired ??= new Uint8Array(bytes);
      repaired[index + 2] = 0xbd;
    }
  }
  return repaired ?? bytes;
}

function isAllowedControl(byte: number): boolean {
  return byte === 0x0a || byte === 0x0d || byte === 0x09;
}

/** EF BF BE and EF BF BF; with BD at the end it is U+FFFD. */
function isNonCharacter(bytes: Uint8Array, index: number): boolean {
  return bytes[index + 1] === 0xbf && (bytes[index + 2] ?? 0) >= 0xbe;
}
