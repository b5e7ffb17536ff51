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
   * True when the bytes of a request's entries are sent one after the other, with nothing between them: then one
   * entry may stand for several (`entry-count.ts`). Default false.
   */
  readonly joinsEntries?: boolean;
}
