import type { LiveStats } from 'collectorless';
import { nextDeliveryState } from './delivery-state.ts';
import type { LogLine } from './log-line.ts';
import type {
  Account,
  DestinationModel,
  DropLine,
  Numbered,
  Observation,
  ObservedDestination,
  ObservedRequest,
  PageModel,
  RequestLine,
} from './page-model.ts';

const MAX_LOGS = 40;
const MAX_REQUESTS = 20;
const MAX_DROPS = 20;

export const EMPTY_PAGE: PageModel = {
  uptimeMillis: 0,
  requestsPerSecond: 0,
  lineCount: 0,
  isNetworkDown: false,
  destinations: [],
};

export function updatePageModel(before: PageModel, observed: Observation): PageModel {
  const { destinations, nowMillis, stats, ...rest } = observed;
  return {
    ...rest,
    destinations: destinations.map((destination) => {
      const known = before.destinations.find(({ name }) => name === destination.name);
      const live = stats.find((one) => one.destination === destination.name);
      return updateDestination(
        known ?? emptyDestination(destination.name),
        destination,
        live,
        nowMillis,
      );
    }),
  };
}

function emptyDestination(name: string): DestinationModel {
  return {
    name,
    state: 'idle',
    account: EMPTY_ACCOUNT,
    arrivedCount: 0,
    logs: [],
    requests: [],
    drops: [],
    switches: [],
    faults: [],
    facts: {},
  };
}

/** Of an exporter that nothing is known of yet. */
export const EMPTY_ACCOUNT: Account = {
  logged: 0,
  queued: 0,
  lostInQueue: 0,
  exported: 0,
  delivered: 0,
  dropped: {},
  spooled: 0,
  inFlight: 0,
  retried: 0,
  requests: 0,
  bytes: 0,
  spooledBytes: 0,
};

function updateDestination(
  before: DestinationModel,
  observed: ObservedDestination,
  live: LiveStats | undefined,
  nowMillis: number,
): DestinationModel {
  const account = live === undefined ? before.account : toAccount(live);
  const requests = observed.requests.map((request) => toRequestLine(request, observed));
  const { facts, state } = nextDeliveryState(before, {
    nowMillis,
    before: before.account,
    account,
    hasFailed: requests.some(({ isOk }) => !isOk),
  });
  return {
    name: before.name,
    state,
    account,
    arrivedCount: before.arrivedCount + observed.lines.filter(isOfApp).length,
    logs: addNewest(before.logs, observed.lines, MAX_LOGS),
    requests: addNewest(before.requests, requests, MAX_REQUESTS),
    drops: addNewest(before.drops, newDrops(before.account, account, nowMillis), MAX_DROPS),
    switches: observed.switches,
    faults: observed.faults,
    facts,
  };
}

/** `doctor` sends a record of its own, and so does an exporter after losses: they are in no account. */
function isOfApp({ line }: LogLine): boolean {
  return line !== undefined;
}

function toAccount({ exporter, processor }: LiveStats): Account {
  return {
    ...EMPTY_ACCOUNT,
    logged: processor.emitted,
    queued: processor.queued,
    lostInQueue: processor.droppedQueueFull + processor.droppedShutDown,
    // Until it is loaded its records wait before it.
    ...(exporter === undefined ? { queued: processor.emitted } : pickExported(exporter)),
  };
}

function pickExported(exporter: NonNullable<LiveStats['exporter']>): Partial<Account> {
  const { adopted: _, bufferedBytes: __, ...shown } = exporter;
  return shown;
}

function toRequestLine(
  request: ObservedRequest,
  { requestLimit }: ObservedDestination,
): RequestLine {
  const { bytes, entries, error, fault, isAnswered, receivedAtMillis, status } = request;
  const isOk = !isAnswered || (status !== undefined && status < 300 && fault !== 'partial-failure');
  const cause = error ?? (fault === 'error' ? '' : (fault ?? ''));
  const words = [isAnswered ? (status ?? 'no answer') : 'taken', cause];
  return {
    atMillis: receivedAtMillis,
    entries,
    bytes,
    fullness:
      requestLimit === undefined || entries === 0
        ? undefined
        : Math.max(entries / requestLimit.entries, bytes / requestLimit.bytes),
    isOk,
    outcome: words.join(' ').trim(),
  };
}

/** What was dropped between two accounts, a line for each reason. */
function newDrops(before: Account, account: Account, atMillis: number): DropLine[] {
  return Object.entries({ ...account.dropped, queue_full: account.lostInQueue }).flatMap(
    ([reason, total]) => {
      const known = reason === 'queue_full' ? before.lostInQueue : (before.dropped[reason] ?? 0);
      return total > known ? [{ atMillis, reason, count: total - known }] : [];
    },
  );
}

/** Puts items, oldest first, before those of a list, and numbers them on. */
function addNewest<Item>(
  list: readonly Numbered<Item>[],
  items: readonly Item[],
  maxCount: number,
): readonly Numbered<Item>[] {
  if (items.length === 0) return list;
  const nextId = (list[0]?.id ?? 0) + 1;
  const numbered = items.map((item, index) => ({ ...item, id: nextId + index }));
  return [...numbered.slice(-maxCount).reverse(), ...list].slice(0, maxCount);
}
