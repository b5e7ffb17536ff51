import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { isPlainObject } from '../encode/is-plain-object.ts';

/** About what a record costs beside its texts. */
const RECORD_BYTES = 256;
/** About what a value costs that is no text; what is counted for one of unknown size. */
const VALUE_BYTES = 16;
/** Attributes of a record that are looked at. */
const MAX_ATTRIBUTES = 64;
/** Members of objects and arrays that are looked at, at any depth, for each record. */
const MAX_MEMBERS = 64;

/**
 * About how many bytes something holds that is not encoded yet: the length of its texts, found without
 * walking far or encoding anything.
 */
export class SizeEstimate {
  /** Of what was looked at. */
  bytes = 0;
  /** False when there is more than was looked at, or when it cannot be read. */
  isWhole = true;
  /** True when something in it has members or bytes of its own, which the application may change. */
  mayChange = false;
  #membersLeft = 0;

  ofRecord(record: ReadableLogRecord): void {
    this.#begin(RECORD_BYTES);
    try {
      this.#add(record.body);
      if (record.severityText !== undefined) this.#add(record.severityText);
      if (record.eventName !== undefined) this.#add(record.eventName);
      this.#addAttributes(record.attributes);
    } catch {
      this.isWhole = false;
    }
  }

  ofAttributes(attributes: Readonly<Record<string, unknown>>): void {
    this.#begin(0);
    try {
      this.#addAttributes(attributes);
    } catch {
      this.isWhole = false;
    }
  }

  #begin(bytes: number): void {
    this.bytes = bytes;
    this.isWhole = true;
    this.mayChange = false;
    this.#membersLeft = MAX_MEMBERS;
  }

  #addAttributes(attributes: Readonly<Record<string, unknown>>): void {
    let looked = 0;
    for (const key in attributes) {
      if (looked === MAX_ATTRIBUTES) {
        this.isWhole = false;
        return;
      }
      looked += 1;
      this.bytes += key.length;
      this.#add(attributes[key]);
    }
  }

  #add(value: unknown): void {
    if (typeof value === 'string') this.bytes += value.length;
    else if (typeof value !== 'object' || value === null) this.bytes += VALUE_BYTES;
    else this.#addObject(value);
  }

  #addObject(value: object): void {
    this.mayChange = true;
    if (ArrayBuffer.isView(value)) this.bytes += value.byteLength;
    else this.#addMembers(value);
  }

  #addMembers(value: object): void {
    this.bytes += VALUE_BYTES;
    if (Array.isArray(value)) {
      for (let index = 0; index < value.length && this.#mayLook(); index += 1)
        this.#add(value[index]);
    } else if (isPlainObject(value)) {
      for (const key in value) {
        if (!this.#mayLook()) return;
        this.bytes += key.length;
        this.#add(value[key]);
      }
    } else {
      // An error, a map, what says by itself how it is written.
      this.isWhole = false;
    }
  }

  #mayLook(): boolean {
    this.#membersLeft -= 1;
    if (this.#membersLeft >= 0) return true;
    this.isWhole = false;
    return false;
  }
}
