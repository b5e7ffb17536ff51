import type { LocalServices } from 'collectorless/testing';
import type { FaultName } from '../play/fault-switches.ts';

/** All that the demo knows about a destination. */
export interface DemoDestination {
  /** The settings of its exporter, as variables. */
  environment(services: LocalServices): Readonly<Record<string, string>>;
  /** Every record that is stored now, decoded. */
  storedRecords(services: LocalServices): readonly unknown[];
  /** What was sent: each request with its size as the service counts it. */
  sent(services: LocalServices): Sent;
  /** What one request may hold at most, where the service has a limit. */
  readonly requestLimit?: { readonly bytes: number; readonly entries: number };
  /** For the page of `npm run demo -- --keep`. */
  readonly played: Played;
}

export interface Played {
  /** How the variables of its exporter begin. */
  readonly variablePrefix: string;
  /** Its own variables in place of the demo's: many entries in a request, so that some of them can fail. */
  readonly environment?: Readonly<Record<string, string>>;
  /** The switches that make sense for it. */
  readonly faults: readonly FaultName[];
  /** A stored text is a whole request, also where it was refused (then it is empty), or one entry of it. */
  readonly storedAs: 'requests' | 'entries';
  /** Bytes on the wire for each byte that the service counts. Default 1. */
  readonly wireBytesPerByte?: number;
  /** What is stored beyond the first `seenCount`: each a text of one or more lines of JSON. */
  storedTexts(services: LocalServices, seenCount: number): readonly string[];
}

export interface Sent {
  readonly requests: number;
  readonly bytes: number;
  /** Firehose records, events, messages, or lines: what the service counts in a request. */
  readonly entries: number;
}

export function sentTo(requests: readonly unknown[], entrySizes: readonly number[]): Sent {
  return {
    requests: requests.length,
    bytes: entrySizes.reduce((sum, size) => sum + size, 0),
    entries: entrySizes.length,
  };
}
