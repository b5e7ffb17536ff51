/** Of a number that has to be from 1 to `max` and is not, the bound that it misses, in the words of AWS. */
export function missedBound(actual: number, max: number): string {
  return actual < 1 ? 'greater than or equal to 1' : `less than or equal to ${max}`;
}
