import { createHash } from 'node:crypto';
import { attributeValue, type WireAttributes } from './sqs-message.ts';

export const md5 = (data: string | Uint8Array): string =>
  createHash('md5').update(data).digest('hex');

/**
 * The checksum of message attributes: sorted by name; name, type and value each behind its length.
 *
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html
 */
export function md5OfAttributes(attributes: WireAttributes): string {
  const pieces: Uint8Array[] = [];
  for (const name of Object.keys(attributes).sort()) {
    const attribute = attributes[name];
    if (attribute === undefined) continue;
    const isBinary = attribute.DataType.startsWith('Binary');
    pieces.push(...withLength(Buffer.from(name)), ...withLength(Buffer.from(attribute.DataType)));
    pieces.push(Buffer.from([isBinary ? 2 : 1]), ...withLength(attributeValue(attribute)));
  }
  return md5(Buffer.concat(pieces));
}

function withLength(bytes: Uint8Array): [Uint8Array, Uint8Array] {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return [length, bytes];
}
