import type { Socket } from 'node:net';

const VERSION_1 = Buffer.from('HTTP/1.');
const HEAD_END = Buffer.from('\r\n\r\n');

/**
 * Lets undici not see a `100 Continue`, at which it ends the connection although the final answer follows: a client
 * passes over answers in between that it did not ask for (RFC 9110, section 15.2).
 */
export function skipContinue(socket: Socket): void {
  const { read } = socket;
  socket.read = (size?: number): unknown => {
    for (;;) {
      const chunk: unknown = Reflect.apply(read, socket, size === undefined ? [] : [size]);
      if (!Buffer.isBuffer(chunk)) return chunk;
      const rest = behindContinue(chunk);
      if (rest.length > 0) return rest;
    }
  };
}

/** The bytes of an answer without those of such answers before it. */
function behindContinue(bytes: Buffer): Buffer {
  let rest = bytes;
  while (isContinue(rest)) {
    const end = rest.indexOf(HEAD_END);
    // Its end has not come yet: seldom, and undici may do what it does.
    if (end === -1) return rest;
    rest = rest.subarray(end + HEAD_END.length);
  }
  return rest;
}

/** Begins like `HTTP/1.1 100`. */
function isContinue(bytes: Buffer): boolean {
  const isHundred = bytes[9] === 0x31 && bytes[10] === 0x30 && bytes[11] === 0x30;
  return isHundred && bytes.subarray(0, VERSION_1.length).equals(VERSION_1);
}
