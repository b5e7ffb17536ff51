import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OrderPeers } from '../../src/send/order-peers.ts';
import type { QueuedEntry } from '../../src/send/outbound-request.ts';
import { delivered, neverAnswers, retryable } from '../support/outcomes.ts';
import { type BenchSender, SchedulerBench } from '../support/scheduler-bench.ts';

/** Lanes `a` and `b` have one order together, `c` has its own. */
function peersBench(send: BenchSender, maxEntries = 3) {
  const bench = new SchedulerBench({ send, ordered: true, limits: { maxEntries } });
  const peers = new OrderPeers<QueuedEntry, string>();
  for (const target of ['a', 'b']) peers.join(bench.lane(target).lane, 'together');
  const add = (target: string): void => {
    bench.scheduler.closePeers(bench.lane(target).lane);
    bench.add(target, 1);
  };
  return { add, bench, peers };
}

const sentOf = (bench: SchedulerBench) =>
  bench.requests.map(({ sequences, target }) => `${target} ${sequences.join(' ')}`);

describe('targets that have one order together', () => {
  it('send what came first, and nothing of one while the other waits for an answer', async () => {
    const { add, bench } = peersBench(() => delivered);
    bench.scheduler.moreIsComing = true;
    for (const target of 'aabbbaab') add(target);
    bench.scheduler.moreIsComing = false;
    bench.scheduler.pump();
    await bench.runtime.settle();
    expect(sentOf(bench)).toEqual(['a 1 2', 'b 3 4 5', 'a 6 7', 'b 8']);
    expect(bench.mostInFlight).toBe(1);
  });

  it('wait for what is to be sent again', async () => {
    const { add, bench } = peersBench(({ index }) => (index === 0 ? retryable() : delivered));
    for (const target of 'abc') add(target);
    await bench.runtime.advance(1000);
    expect(sentOf(bench)).toEqual(['a 1', 'c 3', 'a 1', 'b 2']);
  });

  it('wait while an answer is worked in, though who hears of it asks for more', async () => {
    const { add, bench } = peersBench(({ index }) =>
      index === 0
        ? {
            status: 'partial',
            entries: [{ status: 'rejected', reason: 'rejected' }, { status: 'retryable' }],
          }
        : delivered,
    );
    const note = bench.fates.set.bind(bench.fates);
    bench.fates.set = (sequence, fate) => {
      bench.scheduler.pump();
      return note(sequence, fate);
    };
    bench.scheduler.moreIsComing = true;
    for (const target of 'aabb') add(target);
    bench.scheduler.moreIsComing = false;
    bench.scheduler.pump();
    await bench.runtime.advance(1000);
    expect(sentOf(bench)).toEqual(['a 1 2', 'a 2', 'b 3 4']);
  });

  it('do not hold up a target that has an order of its own', async () => {
    const { add, bench } = peersBench(({ target }) => (target === 'a' ? neverAnswers : delivered));
    for (const target of 'abcc') add(target);
    await bench.runtime.advance(100);
    expect(bench.fates).toEqual(
      new Map([
        [3, 'delivered'],
        [4, 'delivered'],
      ]),
    );
  });

  it('go on when what came first has run out of time', async () => {
    const { add, bench } = peersBench(({ target }) => (target === 'a' ? retryable() : delivered));
    for (const target of 'ab') add(target);
    await bench.runtime.advance(120_000);
    expect([...bench.fates.values()].toSorted()).toEqual(['retry_exhausted', 'timeout']);
  });

  it('have an order each once they are parted', async () => {
    const { add, bench, peers } = peersBench(() => neverAnswers);
    peers.leave(bench.lane('a').lane, 'together');
    for (const target of 'ab') add(target);
    await bench.runtime.settle();
    expect(sentOf(bench)).toEqual(['a 1', 'b 2']);
    peers.leave(bench.lane('b').lane, 'together');
    peers.join(bench.lane('c').lane, 'together');
    expect(bench.lane('c').lane.peers).toEqual([bench.lane('c').lane]);
  });

  it('go on after a bug in what hears of them', async () => {
    const { add, bench } = peersBench(() => delivered);
    const note = bench.fates.set.bind(bench.fates);
    bench.fates.set = (sequence, fate) => {
      bench.fates.set = note;
      throw new Error(`a bug at ${sequence}, ${fate}`);
    };
    for (const target of 'abab') add(target);
    await bench.runtime.advance(1000);
    expect([...bench.fates]).toEqual([2, 3, 4].map((sequence) => [sequence, 'delivered']));
    expect(bench.bugs).toHaveLength(1);
  });

  it('keep it whatever comes and whatever fails', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 40 }),
        fc.array(fc.boolean(), { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 1, max: 4 }),
        async (targets, failures, maxEntries) => {
          const { add, bench } = peersBench(
            ({ index }) => (failures[index % failures.length] ? delivered : retryable()),
            maxEntries,
          );
          const arrived: number[] = [];
          const original = bench.fates.set.bind(bench.fates);
          bench.fates.set = (sequence, fate) => {
            if (fate === 'delivered' && targets[sequence - 1] !== 'c') arrived.push(sequence);
            return original(sequence, fate);
          };
          for (const [index, target] of targets.entries()) {
            add(target);
            if (index % 7 === 3) await bench.runtime.advance(50);
          }
          await bench.runtime.advance(100_000);
          expect(bench.fates.size).toBe(targets.length);
          expect(arrived).toEqual(arrived.toSorted((one, other) => one - other));
        },
      ),
    );
  });
});
