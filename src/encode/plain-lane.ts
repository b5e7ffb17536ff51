import type { ValueWalker } from './value-walker.ts';

const MAX_DEPTH = 16;
const MAX_UNITS = 4_096;

/**
 * The account of a writer of plain values: what they cost and in which objects they lie.
 *
 * So it can hand any value over to the careful walker, in the middle of an object, and nothing is read
 * twice: the walker goes on as if it had written all that came before.
 */
export class PlainLane {
  readonly #walker: ValueWalker;
  readonly #isSmallFree: boolean;
  readonly #ancestors: object[] = [];
  #unitsGiven = 0;
  #unitsLeft = 0;
  #isCharged = true;

  /** `isSmallFree`: plain values of a few thousand units cost nothing of the record's share. */
  constructor(walker: ValueWalker, isSmallFree: boolean) {
    this.#walker = walker;
    this.#isSmallFree = isSmallFree;
  }

  /** Before each value. With little left of the record's share, the walker writes it all. */
  begin(): void {
    if (this.#ancestors.length > 0) this.#ancestors.length = 0;
    this.#isCharged = !this.#isSmallFree;
    this.#renew();
  }

  end(): void {
    if (this.#isCharged) this.#walker.charge(this.#unitsGiven - this.#unitsLeft);
  }

  /** True when there is something left for a value of so many units. */
  takes(units: number): boolean {
    if (this.#unitsLeft < units) return false;
    this.#unitsLeft -= units;
    return true;
  }

  charge(units: number): void {
    this.#unitsLeft -= units;
  }

  /** For a field without a value, of which `units` were charged; false when the record's share is used up. */
  skip(units: number): boolean {
    this.#unitsLeft -= 1 - units;
    return this.#walker.unitsLeft > this.#unitsGiven - this.#unitsLeft;
  }

  /** False for an object that lies in itself or very deep; else `leave` must follow. */
  enter(container: object): boolean {
    const ancestors = this.#ancestors;
    const depth = ancestors.length;
    if (depth >= MAX_DEPTH || this.#unitsLeft <= 0) return false;
    for (let index = 0; index < depth; index++) if (ancestors[index] === container) return false;
    this.#unitsLeft--;
    ancestors.push(container);
    return true;
  }

  leave(): void {
    this.#ancestors.pop();
  }

  /** True when nothing more may be written into the containers that are open. */
  get isExhausted(): boolean {
    return this.#walker.isExhausted;
  }

  /** The walker writes the value; `simple` is what `simplifyObject` made of it. */
  hand(value: unknown, simple: unknown): void {
    this.#isCharged = true;
    this.end();
    this.#walker.walkBelow(this.#ancestors, value, simple);
    this.#renew();
  }

  #renew(): void {
    this.#unitsGiven = this.#walker.unitsLeft > 2 * MAX_UNITS ? MAX_UNITS : 0;
    this.#unitsLeft = this.#unitsGiven;
  }
}
