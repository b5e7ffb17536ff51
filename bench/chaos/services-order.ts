import type { Fault, Violation } from '../../src/testing/index.ts';
import type { ServiceAddresses } from './chaos-exporters.ts';

/** What the parent may ask of the process of the local services; each order is answered once. */
export type ServicesOrder =
  | { readonly do: 'faults'; readonly faults: readonly Fault[] }
  /** Makes anew what a fault deleted. */
  | { readonly do: 'restore' }
  | { readonly do: 'pause' | 'resume' | 'harvest' };

export interface ServicesAnswer {
  readonly violations: readonly Violation[];
  /** In the first one. */
  readonly addresses?: ServiceAddresses;
}
