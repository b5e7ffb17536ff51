/** Longer ones take seconds to become decimal; no attribute is meant to be one. */
const MAX_BIGINT = 1n << 16_384n;
const HUGE_BIGINT_MARKER = '[BigInt too large]';

/** The decimal text of a BigInt, or a marker for one of thousands of digits. */
export function bigintText(value: bigint): string {
  return value < MAX_BIGINT && value > -MAX_BIGINT ? value.toString() : HUGE_BIGINT_MARKER;
}
