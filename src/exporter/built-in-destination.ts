import type { Destination } from './destination.ts';

/** A destination of this package. Others may copy an entry by `...`, and get one that then has its `bytes`. */
export interface BuiltInDestination extends Destination {
  /** It names what it reads of an entry. */
  readonly readsByName: true;
}
