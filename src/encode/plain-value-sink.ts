import { setOwnProperty } from './own-property.ts';
import type { ValueSink } from './value-walker.ts';

type Container = unknown[] | Record<string, unknown>;

/** Builds a copy of a value from plain arrays and objects, free of getters, classes and cycles. */
export class PlainValueSink implements ValueSink {
  #open: Container[] = [];
  #keys: string[] = [];
  #result: unknown;

  /** The copy, after the walk; the sink is ready for the next one. */
  take(): unknown {
    const result = this.#result;
    this.#open = [];
    this.#keys = [];
    this.#result = undefined;
    return result;
  }

  string(text: string): void {
    this.#add(text);
  }

  number(value: number): void {
    this.#add(value);
  }

  boolean(value: boolean): void {
    this.#add(value);
  }

  null(): void {
    this.#add(null);
  }

  bigint(value: bigint): void {
    this.#add(value);
  }

  bytes(value: Uint8Array): void {
    this.#add(value);
  }

  beginArray(): number {
    return this.#begin([]);
  }

  element(): void {}

  endArray(): void {
    this.#open.pop();
    this.#keys.pop();
  }

  beginObject(): number {
    return this.#begin({});
  }

  key(name: string): boolean {
    this.#keys[this.#keys.length - 1] = name;
    return name.isWellFormed();
  }

  endObject(): void {
    this.endArray();
  }

  #begin(container: Container): number {
    this.#add(container);
    this.#open.push(container);
    this.#keys.push('');
    return 0;
  }

  #add(value: unknown): void {
    const parent = this.#open.at(-1);
    if (parent === undefined) this.#result = value;
    else if (Array.isArray(parent)) parent.push(value);
    else setOwnProperty(parent, this.#keys.at(-1) ?? '', value);
  }
}
