import { expect, it } from 'vitest';
import { type DeliveryState, nextDeliveryState } from '../../examples/play/delivery-state.ts';
import type { Account } from '../../examples/play/page-model.ts';
import { EMPTY_ACCOUNT } from '../../examples/play/update-page-model.ts';

interface Step {
  readonly seconds: number;
  readonly account: Partial<Account>;
  readonly hasFailed?: boolean;
}

/** The state after each step. */
function statesOf(...steps: readonly Step[]): DeliveryState[] {
  let before = EMPTY_ACCOUNT;
  let known: ReturnType<typeof nextDeliveryState> = { state: 'idle', facts: {} };
  return steps.map(({ account: change, hasFailed = false, seconds }) => {
    const account = { ...before, ...change };
    known = nextDeliveryState(known, { nowMillis: seconds * 1_000, before, account, hasFailed });
    before = account;
    return known.state;
  });
}

it.each<[string, readonly Step[], readonly DeliveryState[]]>([
  [
    'idle until something is delivered, and again when nothing comes any more',
    [
      { seconds: 1, account: {} },
      { seconds: 2, account: { delivered: 5 } },
      { seconds: 3, account: {} },
      { seconds: 9, account: {} },
    ],
    ['idle', 'delivering', 'delivering', 'idle'],
  ],
  [
    'failing when requests fail and nothing gets through; catching up until nothing waits',
    [
      { seconds: 1, account: { delivered: 5 } },
      { seconds: 5, account: { spooled: 9 }, hasFailed: true },
      { seconds: 6, account: { delivered: 8, spooled: 6 } },
      { seconds: 8, account: { delivered: 10, spooled: 4 } },
      { seconds: 9, account: { delivered: 14, spooled: 0 } },
    ],
    ['delivering', 'failing', 'retrying', 'catching up', 'delivering'],
  ],
  [
    'retrying when some requests fail and others do not',
    [{ seconds: 1, account: { delivered: 5, retried: 2, inFlight: 3 } }],
    ['retrying'],
  ],
  [
    'failing when what waits is stuck, though no request is seen to fail',
    [
      { seconds: 1, account: { delivered: 5 } },
      { seconds: 2, account: { spooled: 3 } },
      { seconds: 3, account: { spooled: 5 } },
      { seconds: 4, account: { spooled: 7 } },
    ],
    ['delivering', 'delivering', 'delivering', 'failing'],
  ],
  [
    'failing when records are dropped',
    [
      { seconds: 1, account: { delivered: 5 } },
      { seconds: 4, account: { dropped: { rejected: 3 } } },
    ],
    ['delivering', 'failing'],
  ],
])('%s', (_, steps, states) => {
  expect(statesOf(...steps)).toEqual(states);
});
