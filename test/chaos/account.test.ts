import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AccountParts, account, isWrong } from '../../bench/chaos/account.ts';
import { EVENTS, type EventName, planChaos } from '../../bench/chaos/chaos-plan.ts';
import { Disturbances } from '../../bench/chaos/disturbances.ts';
import { formatRanges, parseRanges } from '../../bench/chaos/id-ranges.ts';
import { ExporterJournal } from '../../bench/chaos/journal.ts';

const ACKED_MILLIS = 1_000_000;

/** Two records were acknowledged; `copies` says when the service stored each copy. */
function parts(
  copies: Readonly<Record<string, readonly number[]>>,
  changes: Partial<AccountParts> = {},
): AccountParts {
  const journal = new ExporterJournal();
  for (const uid of ['1.0', '1.1']) journal.acked.set(uid, ACKED_MILLIS);
  return {
    name: 'sqs',
    emitted: 3,
    journal,
    copies: new Map(Object.entries(copies)),
    spooled: 0,
    disturbances: new Disturbances(),
    ...changes,
  };
}

describe('the account of the chaos run', () => {
  it('is right when all that was acknowledged is stored', () => {
    const right = account(parts({ '1.0': [ACKED_MILLIS], '1.1': [ACKED_MILLIS] }));
    expect(right).toMatchObject({ acknowledged: 2, stored: 2, unaccounted: 0 });
    expect(isWrong(right)).toBe(false);
  });

  it('misses a record that was acknowledged and is nowhere', () => {
    const wrong = account(parts({ '1.0': [ACKED_MILLIS] }));
    expect(wrong.unaccounted).toBe(1);
    expect(wrong.missing).toEqual([`1.1 acknowledged at ${ACKED_MILLIS}`]);
    expect(isWrong(wrong)).toBe(true);
  });

  it('finds it among the dropped, on disk, or lost with the memory of a killed process', () => {
    const copies = { '1.0': [ACKED_MILLIS] };
    const dropped = parts(copies);
    dropped.journal.dropped.set('spool_full', 1);
    const inMemory = parts(copies);
    inMemory.journal.unsafe.add('1.1');
    inMemory.journal.heldInMemory = 1;
    for (const one of [dropped, inMemory, parts(copies, { spooled: 1 })])
      expect(isWrong(account(one))).toBe(false);
  });

  it('lets no more be lost with the memory of a process than its exporter said to hold there', () => {
    const both = parts({});
    both.journal.unsafe.add('1.0');
    both.journal.unsafe.add('1.1');
    both.journal.heldInMemory = 1;
    expect(account(both)).toMatchObject({ lostInMemory: 1, unaccounted: 1 });
  });

  it('asks for the reason of a second copy', () => {
    const copies = { '1.0': [ACKED_MILLIS, ACKED_MILLIS + 60_000], '1.1': [ACKED_MILLIS] };
    expect(account(parts(copies)).twiceUnexplained).toHaveLength(1);
    const disturbances = new Disturbances();
    disturbances.lostAnswers(['http'], ACKED_MILLIS, ACKED_MILLIS + 1000);
    disturbances.lostAnswers(['sqs'], ACKED_MILLIS + 59_000, ACKED_MILLIS + 60_000);
    expect(isWrong(account(parts(copies, { disturbances })))).toBe(true);
    disturbances.lostAnswers(['sqs'], ACKED_MILLIS, ACKED_MILLIS + 1000);
    expect(account(parts(copies, { disturbances }))).toMatchObject({
      twiceExplained: 1,
      twiceUnexplained: [],
    });
  });

  it('lets only ZeroMQ lose what was inside a socket, and only when an end of it died', () => {
    const copies = { '1.0': [ACKED_MILLIS] };
    const disturbances = new Disturbances();
    expect(isWrong(account(parts(copies, { disturbances, name: 'zeromq' })))).toBe(true);
    disturbances.lostSockets(ACKED_MILLIS + 5000, ACKED_MILLIS + 6000);
    expect(account(parts(copies, { disturbances, name: 'zeromq' }))).toMatchObject({
      lostInSocket: 1,
      unaccounted: 0,
    });
    expect(isWrong(account(parts(copies, { disturbances })))).toBe(true);
  });
});

describe('the plan of the chaos run', () => {
  const events = Object.keys(EVENTS) as EventName[];

  it('is the same for the same seed, and another one for another', () => {
    const plan = (seed: number): unknown => planChaos({ seed, durationMillis: 300_000, events });
    expect(plan(7)).toEqual(plan(7));
    expect(plan(7)).not.toEqual(plan(8));
  });

  it('has everything in five minutes, and begins with refusals that are told', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const steps = planChaos({ seed, durationMillis: 300_000, events });
        expect(new Set(steps.map(({ event }) => event))).toEqual(new Set(events));
        for (const { event, weather } of steps.slice(0, 10)) {
          expect(event).toBe('nothing');
          expect(weather.losesAnswersOf).toEqual([]);
        }
      }),
      { numRuns: 20 },
    );
  });
});

it('ranges of numbers read back as they were written', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 40 })), (numbers) => {
      expect([...parseRanges(formatRanges(numbers))]).toEqual(numbers);
    }),
  );
});
