import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { SizeEstimate } from './estimate-bytes.ts';

/** To look at one record costs a tenth of encoding it, and it is done at a stretch. */
const MAX_RECORDS = 2048;
/**
 * After so many records it is looked at the clock. The batch processor's calls have no more: one that were not looked
 * at to its end would hold the processor up, on a busy machine of all times.
 */
const RECORDS_BETWEEN_CLOCKS = 512;
/** So long a stretch goes on. */
const MAX_MILLIS = 1;

/** What the records of a call hold that are not packed, about. Of very many only some are looked at. */
export class RestEstimate {
  readonly #monotonicMillis: () => number;
  /** Taken while records are looked at. */
  #size: SizeEstimate | undefined;
  readonly #context = new ContextSizes();
  /** For each record. */
  averageBytes = 0;
  /** Of the largest record, with its resource and its scope; infinite when it is not known. */
  largestBytes = 0;
  /** True when a record that was looked at, or could not be, holds what the application may still change. */
  mayChange = false;

  constructor(monotonicMillis: () => number) {
    this.#monotonicMillis = monotonicMillis;
  }

  ofRest(records: readonly ReadableLogRecord[], position: number): void {
    const rest = records.length - position;
    const step = Math.ceil(rest / MAX_RECORDS);
    const endMillis =
      rest > RECORDS_BETWEEN_CLOCKS ? this.#monotonicMillis() + MAX_MILLIS : undefined;
    // A getter in a record may log: what that exports is looked at meanwhile, and changes nothing of this.
    const size = this.#size ?? new SizeEstimate();
    this.#size = undefined;
    let count = 0;
    let bytes = 0;
    let mayChange = false;
    let largestBytes = step > 1 ? Number.POSITIVE_INFINITY : 0;
    for (let index = position; index < records.length; index += step) {
      const mayBeLate =
        endMillis !== undefined && count > 0 && count % RECORDS_BETWEEN_CLOCKS === 0;
      if (mayBeLate && this.#monotonicMillis() >= endMillis) {
        largestBytes = Number.POSITIVE_INFINITY;
        break;
      }
      // Typed as a record, but a caller without types may hand over anything.
      const record = records[index] as ReadableLogRecord;
      size.ofRecord(record);
      count += 1;
      bytes += size.bytes;
      mayChange ||= size.mayChange || !size.isWhole;
      const wholeBytes = size.isWhole
        ? size.bytes + this.#context.of(record)
        : Number.POSITIVE_INFINITY;
      largestBytes = Math.max(largestBytes, wholeBytes);
    }
    this.#size = size;
    this.averageBytes = bytes / count;
    this.largestBytes = largestBytes;
    this.mayChange = mayChange;
  }
}

/** What is written with a record and belongs to many: its resource and its scope. */
class ContextSizes {
  readonly #size = new SizeEstimate();
  #resource: unknown;
  #resourceBytes = 0;
  #scope: unknown;
  #scopeBytes = 0;

  of(record: ReadableLogRecord): number {
    try {
      const { instrumentationScope, resource } = record;
      if (resource !== this.#resource) {
        this.#resourceBytes = this.#bytesOf(resource.attributes);
        // Until its detectors have ended it may grow.
        this.#resource = resource.asyncAttributesPending === true ? undefined : resource;
      }
      if (instrumentationScope !== this.#scope) {
        this.#scopeBytes = this.#bytesOf({ ...instrumentationScope });
        this.#scope = instrumentationScope;
      }
      return this.#resourceBytes + this.#scopeBytes;
    } catch {
      return Number.POSITIVE_INFINITY;
    }
  }

  #bytesOf(attributes: Readonly<Record<string, unknown>>): number {
    this.#size.ofAttributes(attributes);
    return this.#size.isWhole ? this.#size.bytes : Number.POSITIVE_INFINITY;
  }
}
