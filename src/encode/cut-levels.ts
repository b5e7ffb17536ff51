import { LONG_BYTES, type MeasuredValue, SHORT_BYTES } from './measured-value.ts';
import { setOwnProperty } from './own-property.ts';
import type { PlainMap, PlainRecord } from './plain-record.ts';
import type { TopValue } from './record-cuttables.ts';
import { createValueText, isContainer } from './value-text.ts';

/**
 * All the ways to make a record shorter, from the mildest on, each with the size it comes to, about.
 *
 * At level 0 only long strings give way. Each further level turns one more list or map into the beginning of
 * its JSON text, the largest first. Then short strings give way too, and at last each level leaves out one
 * more value.
 *
 * All sizes come from one look at the record: to try each level by encoding it took seconds.
 */
export class CutLevels {
  /** The last level, at which no value is left. */
  readonly last: number;
  readonly #plain: PlainRecord;
  readonly #values: readonly TopValue[];
  readonly #textLevels = new Map<TopValue, number>();
  readonly #leaveLevels = new Map<TopValue, number>();
  readonly #leaving: readonly TopValue[];
  readonly #shortLevel: number;
  readonly #sizes: number[] = [];
  readonly #texts = new Map<TopValue, string>();
  readonly #text = createValueText();

  constructor(plain: PlainRecord, measured: readonly MeasuredValue[]) {
    this.#plain = plain;
    this.#values = measured.map(({ top }) => top);
    const sum = (bytesOf: (value: MeasuredValue) => number): number =>
      measured.reduce((total, value) => total + value.keyBytes + bytesOf(value), 0);
    const containers = measured
      .filter(({ top, bytes }) => isContainer(top.value) && bytes > SHORT_BYTES)
      .sort((one, other) => other.bytes - one.bytes);
    let size = sum((value) => value.longBytes);
    this.#sizes.push(size);
    for (const { bytes, longBytes, top } of containers) {
      size -= longBytes - Math.min(longBytes, bytes, LONG_BYTES);
      this.#textLevels.set(top, this.#sizes.length);
      this.#sizes.push(size);
    }
    this.#shortLevel = this.#sizes.length;
    size = sum((value) => shortestBytes(value));
    this.#sizes.push(size);
    const leaving = leavingOrder(measured);
    for (const value of leaving) {
      size -= value.keyBytes + shortestBytes(value);
      this.#leaveLevels.set(value.top, this.#sizes.length);
      this.#sizes.push(size);
    }
    this.#leaving = leaving.map(({ top }) => top);
    this.last = this.#sizes.length - 1;
  }

  /** The last level that leaves no value out: all strings are as short as they may become. */
  get shortLevel(): number {
    return this.#shortLevel;
  }

  /** About what the values take at this level with each string as short as it may become. */
  sizeOf(level: number): number {
    return this.#sizes[level] ?? 0;
  }

  /** True when no list or map is text, which takes more than it was measured with. */
  keepsShapes(level: number): boolean {
    return level === 0 || this.#textLevels.size === 0;
  }

  /** What strings are cut to at most. */
  floorOf(level: number): number {
    return level < this.#shortLevel ? LONG_BYTES : SHORT_BYTES;
  }

  /** The mildest level whose values take at most `bytes`. */
  levelFor(bytes: number): number {
    let first = 0;
    let end = this.last;
    while (first < end) {
      const middle = (first + end) >>> 1;
      if (this.sizeOf(middle) <= bytes) end = middle;
      else first = middle + 1;
    }
    return first;
  }

  /** The paths of the values that are left out. */
  goneAt(level: number): string[] {
    return this.#leaving.slice(0, Math.max(0, level - this.#shortLevel)).map(({ path }) => path);
  }

  /** The record at this level in maps of its own; lists and maps inside are those of the record. */
  recordAt(level: number): PlainRecord {
    const { fields, attributes, resource, scope, scopeAttributes } = this.#plain;
    const copies = new Map<PlainMap, PlainMap>();
    for (const map of [fields, attributes, resource, scope, scopeAttributes]) copies.set(map, {});
    const copyOf = (map: PlainMap): PlainMap => copies.get(map) ?? {};
    for (const top of this.#values) {
      if ((this.#leaveLevels.get(top) ?? this.last) <= level) continue;
      const isText = (this.#textLevels.get(top) ?? this.last) <= level;
      setOwnProperty(copyOf(top.map), top.key, isText ? this.#textOf(top) : top.value);
    }
    return {
      ...this.#plain,
      fields: copyOf(fields),
      attributes: copyOf(attributes),
      resource: copyOf(resource),
      scope: copyOf(scope),
      scopeAttributes: copyOf(scopeAttributes),
    };
  }

  #textOf(top: TopValue): string {
    const known = this.#texts.get(top);
    if (known !== undefined) return known;
    const text = this.#text(top.value);
    this.#texts.set(top, text);
    return text;
  }
}

/** Containers are text by now, and text is short. */
function shortestBytes({ bytes, shortBytes, top }: MeasuredValue): number {
  return isContainer(top.value) ? Math.min(shortBytes, bytes, SHORT_BYTES) : shortBytes;
}

/**
 * Large values go first. Among the small ones numbers go before text and the last before the first:
 * identifiers are text and tend to stand in front. The body goes late, the severity last.
 */
function leavingOrder(values: readonly MeasuredValue[]): MeasuredValue[] {
  return values
    .map((value, position) => ({ value, position, rank: rankOf(value) }))
    .sort((one, other) => other.rank - one.rank || other.position - one.position)
    .map(({ value }) => value);
}

function rankOf(measured: MeasuredValue): number {
  const { path, key, value } = measured.top;
  if (path === 'severity_text') return -2;
  if (path === 'body') return -1;
  const isText = typeof value === 'string' || (isContainer(value) && measured.bytes > SHORT_BYTES);
  // Text is cut to a size class by now, whatever is left of it to cut away.
  const length = isText
    ? Math.min(typeof value === 'string' ? value.length : SHORT_BYTES, SHORT_BYTES)
    : measured.bytes;
  const sizeClass = Math.floor((key.length + length) / SHORT_BYTES);
  return sizeClass * 2 + (isText ? 0 : 1);
}
