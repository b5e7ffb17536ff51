import type { Destination } from './destination.ts';

/** A destination of this package. Others may copy an entry by `...`, and get one that then has its `bytes`. */
export interface BuiltInDestination extends Destination {
  /** It names what it reads of an entry. */
  readonly readsByName: true;
  /**
   * True when `send` makes use of `nested` in the entries of a request. Those of built-in JSON have it then, where
   * they wait in memory. Default false.
   */
  readonly nestsText?: boolean;
  /**
   * Set when one entry may stand for several that lie one after the other: `send` reads them by `each-entry.ts`, or
   * sends the bytes of all with nothing between them. `in time order`: those of one entry are. Default: none does.
   */
  readonly joinsEntries?: 'in any order' | 'in time order' | undefined;
}
