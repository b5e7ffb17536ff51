import { isUtf8 } from 'node:buffer';

const QUESTION_MARK = 0x3f;

/**
 * UTF-8 text without the characters that SQS refuses (https://www.w3.org/TR/REC-xml/#charsets): a control
 * character becomes `?`, U+FFFE and U+FFFF the replacement character. The length stays, as the text was made
 * to fit; so bytes that are no UTF-8, which only an encoder of the user's own can make, become `?` too.
 */
export function repairText(bytes: Uint8Array): Uint8Array {
  const isText = isUtf8(bytes);
  let repaired: Uint8Array | undefined;
  for (let index = 0; index < bytes.length; index += 1) {
    const byte = bytes[index] ?? 0;
    if (byte >= 0x20 && byte < 0x80) continue;
    if (byte === 0x0a || byte === 0x0d || byte === 0x09) continue;
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

/** EF BF BE and EF BF BF; with BD at the end it is U+FFFD. */
function isNonCharacter(bytes: Uint8Array, index: number): boolean {
  return bytes[index + 1] === 0xbf && (bytes[index + 2] ?? 0) >= 0xbe;
}
