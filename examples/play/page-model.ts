import type { LiveStats } from 'collectorless';
import type { RecordedRequest } from 'collectorless/testing';
import type { DeliveryFacts, DeliveryState } from './delivery-state.ts';
import type { LogLine } from './log-line.ts';

/** What the page shows: made by `updatePageModel` of the model before and of what happened since. */
export interface PageModel {
  readonly uptimeMillis: number;
  readonly requestsPerSecond: number;
  /** Lines that the app wrote. */
  readonly lineCount: number;
  readonly isNetworkDown: boolean;
  readonly destinations: readonly DestinationModel[];
}

export interface DestinationModel {
  readonly name: string;
  readonly state: DeliveryState;
  readonly account: Account;
  /** Records of the app that the service holds, or held. */
  readonly arrivedCount: number;
  /** All three: the newest first, and no more than the bound. */
  readonly logs: readonly Numbered<LogLine>[];
  readonly requests: readonly Numbered<RequestLine>[];
  readonly drops: readonly Numbered<DropLine>[];
  /** The names of the faults that can be switched on. */
  readonly switches: readonly string[];
  /** Of these, the ones that are on. */
  readonly faults: readonly string[];
  /** What the state is told by; the page does not show it. */
  readonly facts: DeliveryFacts;
}

/** Each item of a list has a number that grows by one, so that a page knows what is new to it. */
export type Numbered<Item> = Item & { readonly id: number };

/** `logged = queued + lostInQueue + exported`, and `exported = delivered + sum(dropped) + spooled + inFlight`. */
export interface Account {
  readonly logged: number;
  readonly queued: number;
  readonly lostInQueue: number;
  readonly exported: number;
  readonly delivered: number;
  readonly dropped: Readonly<Record<string, number>>;
  readonly spooled: number;
  readonly inFlight: number;
  readonly retried: number;
  readonly requests: number;
  /** Of all entries in all requests. */
  readonly bytes: number;
  readonly spooledBytes: number;
}

export interface RequestLine {
  readonly atMillis: number;
  /** 0 where it was refused before anybody looked into it. */
  readonly entries: number;
  readonly bytes: number;
  /** 0 to 1, by the first of the service's limits that it would meet; undefined where there is none. */
  readonly fullness: number | undefined;
  readonly isOk: boolean;
  /** The status, the error, or the fault, in a few words. */
  readonly outcome: string;
}

export interface DropLine {
  readonly atMillis: number;
  readonly reason: string;
  readonly count: number;
}

/** What happened since the last one. */
export interface Observation {
  readonly nowMillis: number;
  readonly uptimeMillis: number;
  readonly requestsPerSecond: number;
  readonly lineCount: number;
  readonly isNetworkDown: boolean;
  /** The app's latest account; empty until it told one. */
  readonly stats: readonly LiveStats[];
  readonly destinations: readonly ObservedDestination[];
}

export interface ObservedDestination {
  readonly name: string;
  /** Records that were stored. */
  readonly lines: readonly LogLine[];
  readonly requests: readonly ObservedRequest[];
  readonly switches: readonly string[];
  readonly faults: readonly string[];
  readonly requestLimit: { readonly bytes: number; readonly entries: number } | undefined;
}

export type ObservedRequest = Pick<
  RecordedRequest,
  'entries' | 'bytes' | 'receivedAtMillis' | 'status' | 'error' | 'fault'
> & {
  /** ZeroMQ answers nothing. */
  readonly isAnswered: boolean;
};
