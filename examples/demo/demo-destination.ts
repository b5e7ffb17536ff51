import type { LocalServices } from 'collectorless/testing';

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
