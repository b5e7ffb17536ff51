/**
 * The bytes of a part that many records share: a resource, a scope.
 *
 * The SDK keeps one object for each, so its identity tells; the part is encoded when it is first met.
 */
export class EncodedOnce<Part extends object, Bytes = Uint8Array> {
  readonly #known = new WeakMap<Part, Bytes>();
  #last: Part | undefined;
  #lastBytes: Bytes | undefined;

  /** The bytes of a part that was kept. */
  find(part: Part): Bytes | undefined {
    if (part === this.#last) return this.#lastBytes;
    const known = this.#known.get(part);
    if (known === undefined) return undefined;
    this.#last = part;
    this.#lastBytes = known;
    return known;
  }

  keep(part: Part, bytes: Bytes): void {
    this.#known.set(part, bytes);
  }
}
