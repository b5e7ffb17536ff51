import type { CompressedFormat } from './compressed-format.ts';
import { DecodeError } from './decode-error.ts';
import type { Expanded } from './expanded.ts';
import type { RunExpander } from './run-expander.ts';

const MAX_DAMAGES = 1_000;
/** What a look at damaged bytes may cost, as a multiple of what may come out of them. */
const MAX_WORK_FACTOR = 4;
const MIN_WORK_BYTES = 67_108_864;
/** Costs of a call, in bytes that could have been expanded in its time. */
const WORK_BYTES_A_TRY = 65_536;
const FIRST_TRY_BYTES = 65_536;
/** A record that breaks off must not swallow the first one of the next member. */
const BREAK = Buffer.from('\n');

/**
 * Expands compressed members one after the other. Of a damaged one it keeps what came before the damage, and
 * goes on where the next one begins.
 *
 * Node.js throws away the output of what it cannot expand to the end, so how far it can is searched, with a
 * bound on all that is expanded: headers that reach into each other must not take for ever.
 */
export class MemberExpander {
  readonly outputs: Buffer[] = [];
  readonly errors: DecodeError[] = [];
  readonly #format: CompressedFormat;
  readonly #runs: RunExpander;
  readonly #bytes: Buffer;
  readonly #maxBytes: number;
  #room: number;
  #workBytes: number;
  /** Until the first damage a member is expanded at once. */
  #isTrusting = true;

  constructor(format: CompressedFormat, bytes: Buffer, maxBytes: number) {
    this.#format = format;
    this.#runs = format.createRuns();
    this.#bytes = bytes;
    this.#maxBytes = Math.max(0, Math.floor(maxBytes));
    this.#room = this.#maxBytes;
    this.#workBytes = Math.max(MIN_WORK_BYTES, MAX_WORK_FACTOR * this.#maxBytes);
  }

  run(): void {
    for (let at = 0; at !== -1 && at < this.#bytes.length; ) {
      if (this.errors.length >= MAX_DAMAGES || this.#workBytes <= 0) {
        this.#tell('Compressed bytes too damaged to look for more in them', at);
        return;
      }
      const start = at + this.#readRun(at);
      at = start > at ? start : this.#readMember(at);
    }
  }

  /** How many bytes the members took that were read together; 0 for none. */
  #readRun(start: number): number {
    const run = this.#runs.expand(this.#bytes.subarray(start), this.#room);
    this.#workBytes -= run.wastedBytes;
    this.#take(run.output);
    return run.usedBytes;
  }

  /** Where to go on; -1 for nowhere. */
  #readMember(start: number): number {
    const format = this.#format;
    const rest = this.#bytes.subarray(start);
    const headerEnd = format.headerEnd(rest);
    if (typeof headerEnd !== 'number') {
      // Zeros behind the last member are padding.
      if (start > 0 && rest.every((byte) => byte === 0)) return -1;
      this.#tell(`Bytes that are no ${format.name}`, start);
      return format.indexOfStart(this.#bytes, start + 1);
    }
    const content = rest.subarray(headerEnd);
    const expanded = this.#expand(content);
    if (expanded === 'too large') {
      this.#tell(`More than ${this.#maxBytes} bytes when decompressed`, start);
      return -1;
    }
    const { output, usedBytes } = expanded;
    this.#take(output);
    const contentEnd = headerEnd + usedBytes;
    const end = contentEnd + format.trailerBytes;
    const isEnded = expanded.isWhole && end <= rest.length && usedBytes > 0;
    if (
      isEnded &&
      format.isIntact(rest.subarray(contentEnd, end), format.checksum(output, 0), output.length)
    ) {
      return start + end;
    }
    this.#isTrusting = false;
    this.#tell(`Damage in ${format.name}`, start + contentEnd);
    const isNext = isEnded && format.headerEnd(rest.subarray(end)) !== 'none';
    const next = isNext ? start + end : format.indexOfStart(this.#bytes, start + 1);
    if (next !== -1 && output.length > 0) this.outputs.push(BREAK);
    return next;
  }

  #expand(content: Buffer): (Expanded & { readonly isWhole: boolean }) | 'too large' {
    const room = Math.max(1, this.#room);
    let limit = this.#isTrusting ? room : Math.min(room, FIRST_TRY_BYTES);
    for (;;) {
      const found = this.#try(content, limit, false);
      if (typeof found === 'object') return { ...found, isWhole: true };
      if (found === 'damaged' && !this.#isTrusting) return this.#expandBeginning(content, limit);
      if (found === 'too large' && limit >= room) return found;
      if (this.#workBytes <= 0) return { output: Buffer.alloc(0), usedBytes: 0, isWhole: false };
      limit = this.#isTrusting ? Math.min(room, FIRST_TRY_BYTES) : Math.min(room, limit * 4);
      this.#isTrusting = false;
    }
  }

  /** The longest beginning that expands, found by halving: longer ones fail too. */
  #expandBeginning(content: Buffer, limit: number): Expanded & { readonly isWhole: boolean } {
    let best: Buffer = Buffer.alloc(0);
    let good = 0;
    let bad = content.length + 1;
    let length = content.length;
    while (bad - good > 1 && this.#workBytes > 0) {
      const found = this.#try(content.subarray(0, length), limit, true);
      if (typeof found === 'object') {
        best = found.output;
        good = length;
      } else {
        bad = length;
      }
      length = Math.floor((good + bad) / 2);
    }
    return { output: best, usedBytes: good, isWhole: false };
  }

  #try(content: Buffer, limit: number, mayBreakOff: boolean): Expanded | 'too large' | 'damaged' {
    this.#workBytes -= WORK_BYTES_A_TRY;
    try {
      const found = this.#format.expand(content, limit, mayBreakOff);
      if (!this.#isTrusting) this.#workBytes -= found.output.length;
      else this.#workBytes += WORK_BYTES_A_TRY;
      return found;
    } catch (error) {
      this.#workBytes -= limit;
      return isTooLarge(error) ? 'too large' : 'damaged';
    }
  }

  #take(output: Buffer): void {
    if (output.length === 0) return;
    this.outputs.push(output);
    this.#room -= output.length;
  }

  #tell(message: string, position: number): void {
    this.errors.push(new DecodeError(`${message}, of the compressed bytes`, position));
  }
}

function isTooLarge(error: unknown): boolean {
  return error instanceof RangeError && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
}
