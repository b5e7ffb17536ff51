import type { ByteWriter } from './byte-writer.ts';

/**
 * The bytes of a part that many records share: a resource, a scope.
 *
 * The SDK keeps one object for each, so its identity tells; the part is encoded when it is first met.
 */
export class EncodedOnce<Part extends object> {
  readonly #known = new WeakMap<Part, Uint8Array>();
  #last: Part | undefined;
  #lastBytes: Uint8Array = new Uint8Array(0);

  /** Appends the part; `encode` writes it when it is not known, and answers whether to keep it. */
  write(part: Part, writer: ByteWriter, encode: () => boolean): void {
    if (part !== this.#last) {
      const known = this.#known.get(part);
      if (known === undefined) {
        const start = writer.position;
        if (encode()) this.#known.set(part, new Uint8Array(writer.copy(start)));
        return;
      }
      this.#last = part;
      this.#lastBytes = known;
    }
    writer.writeBytes(this.#lastBytes);
  }
}
