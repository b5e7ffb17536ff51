import type { EntryFrame } from '../pack/entry-frame.ts';
import type { GapBehind } from '../pack/gap-behind.ts';
import type { Target } from '../route/target.ts';
import type { Destination } from './destination.ts';
import type { ReusedMemory } from './reused-memory.ts';

/** A destination of this package: it gets the entries themselves, others get copies. */
export interface BuiltInDestination extends Destination {
  /** It names what it reads of an entry. */
  readonly readsByName: true;
  /**
   * True when `send` makes use of `nested` in the entries of a request. Those of built-in JSON have it then, where
   * they wait in memory. Default false.
   */
  readonly nestsText?: boolean;
  /** Where it makes its bodies; the exporter keeps entries there too. Default: it makes none. */
  readonly memory?: ReusedMemory;
  /** Lies around the text of entries that have `nested`, and of those that are the same either way. Default: none. */
  readonly frame?: EntryFrame;
  /**
   * Set when one entry may stand for several that lie one after the other. `joined`: `send` makes a body of the bytes
   * of all, with nothing between them. `each`: it reads them by `each-entry.ts`. Default: it gets each by itself.
   */
  readonly readsEntries?: 'joined' | 'each' | undefined;
  /**
   * Of ordered targets, those with the same key have one order together; undefined for one that has its own. With a spool
   * each has its own. Default: all have.
   */
  readonly orderKeyOf?: (target: Target) => string | undefined;
  /** Between each two of those for which one stands, with `each`. Default: nothing is. */
  readonly gapBehind?: GapBehind | undefined;
}
