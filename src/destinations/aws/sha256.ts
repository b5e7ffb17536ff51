import { createHash, createHmac, createSecretKey, type Hmac, type KeyObject } from 'node:crypto';

/** What the SDK makes a hash with; a key turns it into an HMAC. */
export type Sha256Secret = string | ArrayBuffer | ArrayBufferView;

/** Of the keys that the SDK signs with: it keeps each for a day, and they go when it forgets them. */
const KEY_OBJECTS = new WeakMap<ArrayBuffer | ArrayBufferView, KeyObject>();

/**
 * The SDK's own hash, but for one thing: it hands Node.js the signing key as an object. Given bytes, Node.js 24
 * throws and catches an error to find out that they are no key object, at each call: six times the cost of the HMAC.
 */
export class Sha256 {
  readonly #secret: Sha256Secret | undefined;
  #hash: Hmac | ReturnType<typeof createHash>;
  #digest: Uint8Array | undefined;

  constructor(secret?: Sha256Secret) {
    this.#secret = secret;
    this.#hash = start(secret);
  }

  update(data: string | ArrayBuffer | ArrayBufferView): void {
    this.#hash.update(typeof data === 'string' ? data : bytesOf(data));
  }

  async digest(): Promise<Uint8Array> {
    this.#digest ??= this.#hash.digest();
    return this.#digest;
  }

  reset(): void {
    this.#hash = start(this.#secret);
    this.#digest = undefined;
  }
}

function start(secret: Sha256Secret | undefined): Hmac | ReturnType<typeof createHash> {
  if (secret === undefined || secret === '') return createHash('sha256');
  return createHmac('sha256', typeof secret === 'string' ? secret : keyObjectOf(secret));
}

function keyObjectOf(secret: ArrayBuffer | ArrayBufferView): KeyObject {
  const known = KEY_OBJECTS.get(secret);
  if (known !== undefined) return known;
  const keyObject = createSecretKey(bytesOf(secret));
  KEY_OBJECTS.set(secret, keyObject);
  return keyObject;
}

function bytesOf(data: ArrayBuffer | ArrayBufferView): Uint8Array {
  if (data instanceof Uint8Array) return data;
  if (!ArrayBuffer.isView(data)) return new Uint8Array(data);
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}
