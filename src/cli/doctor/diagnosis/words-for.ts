import type { Facts } from './diagnosis.ts';

/** The variable to correct when the address is wrong. */
export function addressVariable(facts: Facts): string {
  return facts.addressVariable ?? 'the endpoint';
}

/** The variable to correct when the region is wrong. */
export function regionVariable(facts: Facts): string {
  return facts.regionVariable ?? 'AWS_REGION';
}

/** The address, as far as it may be shown. */
export function place({ origin }: Facts): string {
  return origin ?? 'the address';
}

export function hostOf(origin: string | undefined): string {
  return origin !== undefined && URL.canParse(origin) ? new URL(origin).hostname : 'of the host';
}
