/**
 * The bytes of a part that many records share: a resource, a scope.
 *
 * The SDK keeps one object for each, so its identity tells; the part is encoded when it is first met.
 */
export class EncodedOnce<Part extends object> {
  readonly #known = new WeakMap<Part, Uint8Array>();
  #last: Part | undefined;
  #lastBytes: Uint8Array | undefined;

  /** The bytes of a part that was kept. */
  find(part: Part): Uint8Array | undefined {
    if (part === this.#last) return this.#lastBytes;
    const known = this.#known.get(part);
    if (known === undefined) return undefined;
    this.#last = part;
    this.#lastBytes = known;
    return known;
  }

  keep(part: Part, bytes: Uint8Array): void {
    this.#known.set(part, bytes);
  }
}
