import { IncomingMessage } from 'node:http';
import { objectProperty } from '../../object-property.ts';

/** Ten times what any answer has that tells of 500 records. */
const MAX_ANSWER_BYTES = 4 * 1024 * 1024;

/**
 * Breaks off an answer that is longer than any of a service. The SDK keeps all that comes, so that one which never ends,
 * of another server at the address, would fill the memory until the attempt is over.
 */
export function limitAnswer(response: unknown): void {
  const body = objectProperty(response, 'body');
  if (!(body instanceof IncomingMessage)) return;
  const announcedBytes = Number(body.headers['content-length'] ?? Number.POSITIVE_INFINITY);
  if (announcedBytes <= MAX_ANSWER_BYTES) return;
  let bytes = 0;
  const count = (piece: Uint8Array): void => {
    bytes += piece.length;
    // With a system's code it is an answer that broke, which is tried again.
    if (bytes > MAX_ANSWER_BYTES)
      body.destroy(Object.assign(new Error('The answer is too long'), { code: 'EMSGSIZE' }));
  };
  // Whoever listens before the reader would have it flow past.
  body.once('resume', () => body.on('data', count));
}
