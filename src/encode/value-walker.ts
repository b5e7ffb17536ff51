import { ownKeys, readProperty } from './own-property.ts';
import { simplifyValue } from './simplify-object.ts';
import { uniqueKeys } from './unique-keys.ts';
import { CIRCULAR_MARKER, TOO_DEEP_MARKER, TOO_LARGE_MARKER } from './value-markers.ts';

/** Receives a value piece by piece, in order; one for each wire format. */
export interface ValueSink {
  string(text: string): void;
  number(value: number): void;
  boolean(value: boolean): void;
  null(): void;
  bigint(value: bigint): void;
  bytes(value: Uint8Array): void;
  /** The answer comes back to `endArray`. At most `maxLength` elements follow. */
  beginArray(maxLength: number): number;
  element(index: number): void;
  endArray(token: number, length: number): void;
  /** The answer comes back to `endObject`. At most `maxLength` keys follow. */
  beginObject(maxLength: number): number;
  /** False, and nothing written, for a name with a lone surrogate. */
  key(name: string, index: number): boolean;
  endObject(token: number, length: number): void;
}

/** Work that one record's values may cost: one unit a value, and one for each 64 bytes of text. */
const WORK_UNITS = 1_048_576;
/** What every further attribute may still cost when one before it has used up the record's share. */
const SPARE_WORK_UNITS = 1_000;
const FEW_ANCESTORS = 16;

/**
 * Leads a sink through a value that may be hostile.
 *
 * Application values have cycles, getters that throw, proxies without end and shared parts that unfold to
 * 2^30 copies: each of them ends in a marker, so one value never costs its record or the neighbours.
 */
export class ValueWalker {
  readonly #sink: ValueSink;
  readonly #maxDepth: number;
  readonly #ancestors: object[] = [];
  #ancestorSet: Set<object> | undefined;
  #unitsLeft = WORK_UNITS;
  #exhausted = false;

  /** `maxDepth` is the number of containers that may lie inside each other. */
  constructor(sink: ValueSink, maxDepth: number) {
    this.#sink = sink;
    this.#maxDepth = maxDepth;
  }

  /** Gives the next record its full share of work; `spare` comes before each of its values. */
  renew(): void {
    this.#unitsLeft = WORK_UNITS;
  }

  /** Begins a value: it has at least a small share of work. */
  spare(): void {
    if (this.#unitsLeft < SPARE_WORK_UNITS) this.#unitsLeft = SPARE_WORK_UNITS;
    this.#exhausted = false;
    if (this.#ancestors.length > 0) this.#ancestors.length = 0;
    this.#ancestorSet = undefined;
  }

  /** Writes one value; `null` for what has none (functions, symbols, `undefined`). */
  walk(value: unknown): void {
    const simple = simplifyValue(value);
    this.#value(value, hasValue(simple) ? simple : null);
  }

  /** Units of work that are left for the record. */
  get unitsLeft(): number {
    return this.#unitsLeft;
  }

  /** True when a value was refused: the containers around it must end. */
  get isExhausted(): boolean {
    return this.#exhausted;
  }

  /** Counts work that was done elsewhere. */
  charge(units: number): void {
    this.#unitsLeft -= units;
  }

  /** Writes one value that lies in `ancestors`; `simple` is what `simplifyValue` made of it. */
  walkBelow(ancestors: readonly object[], original: unknown, simple: unknown): void {
    this.#ancestors.length = 0;
    this.#ancestors.push(...ancestors);
    this.#ancestorSet = undefined;
    this.#value(original, hasValue(simple) ? simple : null);
    this.#ancestors.length = 0;
  }

  #value(original: unknown, simple: unknown): void {
    const sink = this.#sink;
    if (this.#unitsLeft <= 0) {
      this.#exhausted = true;
      sink.string(TOO_LARGE_MARKER);
      return;
    }
    this.#unitsLeft--;
    switch (typeof simple) {
      case 'string':
        this.#unitsLeft -= simple.length >>> 6;
        sink.string(simple);
        return;
      case 'number':
        sink.number(simple);
        return;
      case 'boolean':
        sink.boolean(simple);
        return;
      case 'bigint':
        sink.bigint(simple);
        return;
      default:
        if (simple === null) sink.null();
        else if (typeof simple === 'object') this.#object(original, simple);
        else sink.null();
    }
  }

  #object(original: unknown, simple: object): void {
    if (ArrayBuffer.isView(simple)) {
      this.#unitsLeft -= simple.byteLength >>> 6;
      this.#sink.bytes(simple as Uint8Array);
      return;
    }
    const identity = typeof original === 'object' && original !== null ? original : simple;
    if (this.#isAncestor(identity)) {
      this.#sink.string(CIRCULAR_MARKER);
    } else if (this.#ancestors.length >= this.#maxDepth) {
      this.#sink.string(TOO_DEEP_MARKER);
    } else {
      this.#ancestors.push(identity);
      this.#ancestorSet?.add(identity);
      if (Array.isArray(simple)) this.#array(simple);
      else this.#fields(simple);
      this.#ancestorSet?.delete(identity);
      this.#ancestors.pop();
    }
  }

  #array(items: readonly unknown[]): void {
    const claimed = readProperty(items, 'length');
    const length = typeof claimed === 'number' ? claimed : 0;
    const token = this.#sink.beginArray(length);
    let count = 0;
    while (count < length && !this.#exhausted) {
      const item = readProperty(items, count);
      this.#sink.element(count);
      this.walk(item);
      count++;
    }
    this.#sink.endArray(token, count);
  }

  #fields(source: object): void {
    const keys = ownKeys(source);
    if (typeof keys === 'string') {
      this.#sink.string(keys);
      return;
    }
    let names: readonly string[] = keys;
    const token = this.#sink.beginObject(keys.length);
    let count = 0;
    for (let index = 0; index < keys.length && !this.#exhausted; index++) {
      const key = keys[index] ?? '';
      const value = readProperty(source, key);
      const simple = simplifyValue(value);
      if (!hasValue(simple)) {
        if (--this.#unitsLeft <= 0) break;
        continue;
      }
      this.#unitsLeft -= key.length >>> 6;
      if (!this.#sink.key(names[index] ?? key, count)) {
        names = uniqueKeys(keys);
        this.#sink.key(names[index] ?? key, count);
      }
      this.#value(value, simple);
      count++;
    }
    this.#sink.endObject(token, count);
  }

  #isAncestor(value: object): boolean {
    if (this.#ancestors.length < FEW_ANCESTORS) return this.#ancestors.includes(value);
    this.#ancestorSet ??= new Set(this.#ancestors);
    return this.#ancestorSet.has(value);
  }
}

/** False for what JSON has no word for: `undefined`, functions, symbols. */
export function hasValue(simple: unknown): boolean {
  return simple !== undefined && typeof simple !== 'function' && typeof simple !== 'symbol';
}
