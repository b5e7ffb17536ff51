import type { Account } from './page-model.ts';

/** How a destination does, in a word. */
export type DeliveryState = 'idle' | 'delivering' | 'retrying' | 'failing' | 'catching up';

/** When these things happened last, Unix milliseconds; absent when they never did. */
export interface DeliveryFacts {
  readonly deliveredAtMillis?: number;
  readonly failedAtMillis?: number;
  /** Since then something waits, and nothing was delivered. */
  readonly stuckSinceMillis?: number;
}

export interface DeliveryNews {
  readonly nowMillis: number;
  readonly before: Account;
  readonly account: Account;
  /** A request failed since the last look. */
  readonly hasFailed: boolean;
}

/** An event counts as recent for so long: longer than an attempt's wait, so that a state does not flicker. */
const RECENT_MILLIS = 2_000;

/** Goes on from the state before; a pure function of what the accounts and the service say. */
export function nextDeliveryState(
  before: { readonly state: DeliveryState; readonly facts: DeliveryFacts },
  news: DeliveryNews,
): { readonly state: DeliveryState; readonly facts: DeliveryFacts } {
  const facts = nextFacts(before.facts, news);
  return { state: stateOf(before.state, facts, news), facts };
}

function nextFacts(facts: DeliveryFacts, news: DeliveryNews): DeliveryFacts {
  const { account, before, hasFailed, nowMillis } = news;
  const hasDelivered = account.delivered > before.delivered;
  const failed =
    hasFailed || account.retried > before.retried || droppedCount(account) > droppedCount(before);
  const { stuckSinceMillis, ...rest } = facts;
  return {
    ...rest,
    ...(hasDelivered ? { deliveredAtMillis: nowMillis } : {}),
    ...(failed ? { failedAtMillis: nowMillis } : {}),
    ...(hasDelivered || waitingCount(account) === 0
      ? {}
      : { stuckSinceMillis: stuckSinceMillis ?? nowMillis }),
  };
}

function stateOf(
  before: DeliveryState,
  { deliveredAtMillis, failedAtMillis, stuckSinceMillis }: DeliveryFacts,
  { account, nowMillis }: DeliveryNews,
): DeliveryState {
  const isRecent = (atMillis: number | undefined): boolean =>
    atMillis !== undefined && nowMillis - atMillis < RECENT_MILLIS;
  const isStuck = stuckSinceMillis !== undefined && !isRecent(stuckSinceMillis);
  const delivers = isRecent(deliveredAtMillis);
  const fails = isRecent(failedAtMillis) || isStuck;
  if (fails) return delivers ? 'retrying' : 'failing';
  const waiting = waitingCount(account);
  const wasBehind = before !== 'delivering' && before !== 'idle';
  if (wasBehind && waiting > 0) return 'catching up';
  return delivers || waiting > 0 ? 'delivering' : 'idle';
}

function waitingCount({ inFlight, spooled }: Account): number {
  return inFlight + spooled;
}

export function droppedCount({ dropped }: Account): number {
  return Object.values(dropped).reduce((sum, count) => sum + count, 0);
}
