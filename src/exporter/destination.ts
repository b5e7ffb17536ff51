import type { PackLimits } from '../pack/pack-limits.ts';
import type { PackedEntry } from '../pack/packed-entry.ts';
import type { Target } from '../route/target.ts';
import type { NameOption, TargetName } from '../route/target-name.ts';
import type { SendOutcome } from '../send/send-outcome.ts';

/** One request to one target, within the destination's limits. */
export interface DestinationRequest {
  readonly target: Target;
  /** At least one, in the order in which they were logged. */
  readonly entries: readonly PackedEntry[];
}

/** What a sender gets beside the request. */
export interface SendContext {
  /** Aborted when the attempt's or the batch's deadline passes, or at shutdown. */
  readonly signal: AbortSignal;
}

/** Where records go: its limits, and a sender that makes one request and says what became of each entry. */
export interface Destination {
  /** Short and constant, for errors, statistics and metrics: `cloudwatch-logs`. */
  readonly name: string;
  /**
   * What one request may hold.
   * @defaultValue 1,000 entries, 1 MiB an entry and a request
   */
  readonly limits?: PackLimits;
  /**
   * The names that make up a target, by option. Records with the same names go to the same target.
   * @defaultValue one target for all
   */
  readonly targetNames?: Readonly<Record<string, NameOption | TargetName>>;
  /** True when `send` applies the option `compression` by itself. Without it the option is refused. */
  readonly compresses?: boolean;
  /** Appended to each record of a text encoding, and counted. Default none. */
  readonly delimiter?: string;
  /**
   * True when a target must have one request in flight at a time, retries included; or which targets.
   * Default false.
   */
  readonly ordered?: boolean | ((target: Target) => boolean);
  /**
   * True when no more than `concurrencyLimit` requests go at a time, also while they pile up for a target that
   * answers well: where connections may be few. Default false.
   */
  readonly keepsConcurrencyLimit?: boolean;
  /**
   * True when nobody reads the bytes of a request's entries once `send` has answered that it is delivered:
   * their memory is then used again. The entries of a request lie in one piece of it; else each has its own.
   * Default false.
   */
  readonly copiesEntries?: boolean;
  /**
   * True when each record carries its number among all records of its target, for a service that may lose
   * some without a word. An encoding with no place for it carries none. Default false.
   */
  readonly numbered?: boolean;
  /** The one server to which all requests go, for metrics. Default: not told. */
  readonly server?: { readonly address: string; readonly port?: number };
  /**
   * Told apart in a shared spool: exporters of this destination with another scope, such as a region or an
   * address, never send each other's records. Default: they do.
   */
  readonly spoolScope?: string;
  /**
   * Makes one request. No answer (`undefined`) means that all was delivered; what it throws is taken as
   * retryable. It never retries by itself.
   */
  // biome-ignore lint/suspicious/noConfusingVoidType: a function that answers nothing is the simplest sender
  send(request: DestinationRequest, context: SendContext): Promise<SendOutcome | void>;
  /** The target was idle for long and is forgotten: release what is kept for it. */
  release?(target: Target): void;
  /** Called once, after the last request. */
  close?(): void | Promise<void>;
}
