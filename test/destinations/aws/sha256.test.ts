import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Sha256, type Sha256Secret } from '../../../src/destinations/aws/sha256.ts';

const secrets: fc.Arbitrary<Sha256Secret> = fc.oneof(
  fc.string({ minLength: 1 }),
  fc.uint8Array({ minLength: 1 }),
  fc.uint8Array({ minLength: 1 }).map((bytes) => Uint8Array.from(bytes).buffer),
  fc.uint8Array({ minLength: 1 }).map((bytes) => new DataView(Uint8Array.from(bytes).buffer)),
);
const data = fc.array(fc.oneof(fc.string(), fc.uint8Array()));

function bytesOf(secret: Sha256Secret): Buffer {
  if (typeof secret === 'string') return Buffer.from(secret);
  return ArrayBuffer.isView(secret)
    ? Buffer.from(secret.buffer, secret.byteOffset, secret.byteLength)
    : Buffer.from(secret);
}

function nodeDigest(hash: Hash | Hmac, parts: readonly (string | Uint8Array)[]): Uint8Array {
  for (const part of parts) hash.update(part);
  return hash.digest();
}

function digestOf(hash: Sha256, parts: readonly (string | Uint8Array)[]): Promise<Uint8Array> {
  for (const part of parts) hash.update(part);
  return hash.digest();
}

describe('the hash that AWS clients sign with', () => {
  it('is that of Node.js', async () => {
    const property = fc.asyncProperty(data, async (parts) => {
      expect(await digestOf(new Sha256(), parts)).toEqual(nodeDigest(createHash('sha256'), parts));
    });
    await fc.assert(property);
  });

  it('is an HMAC of Node.js with a key, each time', async () => {
    const property = fc.asyncProperty(secrets, data, async (secret, parts) => {
      const expected = nodeDigest(createHmac('sha256', bytesOf(secret)), parts);
      for (let round = 0; round < 2; round += 1)
        expect(await digestOf(new Sha256(secret), parts)).toEqual(expected);
    });
    await fc.assert(property);
  });

  it('tells two keys apart that lie in the same memory', async () => {
    const memory = new Uint8Array(64).map((_byte, index) => index);
    const digests = [memory.subarray(0, 32), memory.subarray(32)].map(async (key) => {
      const hash = new Sha256(key);
      hash.update('text');
      return Buffer.from(await hash.digest()).toString('hex');
    });
    expect(await Promise.all(digests)).toEqual(
      [memory.subarray(0, 32), memory.subarray(32)].map((key) =>
        createHmac('sha256', key).update('text').digest('hex'),
      ),
    );
  });

  it('answers the same when asked twice, and begins anew after a reset', async () => {
    const hash = new Sha256('key');
    hash.update('one');
    const first = await hash.digest();
    expect(await hash.digest()).toEqual(first);
    hash.reset();
    hash.update(new Uint8Array([1]).buffer);
    expect(await hash.digest()).toEqual(
      createHmac('sha256', 'key')
        .update(Buffer.from([1]))
        .digest(),
    );
  });
});
