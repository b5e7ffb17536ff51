import { describe, expect, it } from 'vitest';
import { DropSummaries } from '../../src/report/drop-summaries.ts';

const lost = (count: number, firstTimeMillis: number, lastTimeMillis: number) => ({
  count,
  firstTimeMillis,
  lastTimeMillis,
});

describe('the summary of an outage', () => {
  it('adds up what was lost until it is taken', () => {
    const summaries = new DropSummaries();
    summaries.note('timeout', lost(3, 20, 30));
    summaries.note('buffer_full', lost(1, 10, 15));
    summaries.note('timeout', lost(2, 40, 50));
    expect(summaries.take()).toEqual({
      count: 6,
      reasons: new Map([
        ['timeout', 5],
        ['buffer_full', 1],
      ]),
      firstTimeMillis: 10,
      lastTimeMillis: 50,
    });
    expect(summaries.take()).toBeUndefined();
  });

  it('leaves out what no outage did', () => {
    const summaries = new DropSummaries();
    for (const reason of ['too_large', 'rejected', 'invalid', 'too_old', 'shut_down'] as const) {
      summaries.note(reason, lost(1, 1, 1));
    }
    expect(summaries.isPending).toBe(false);
  });

  it('joins one that could not be told with what was lost since', () => {
    const summaries = new DropSummaries();
    summaries.note('timeout', lost(1, 10, 10));
    const first = summaries.take();
    summaries.note('timeout', lost(2, 20, 20));
    if (first !== undefined) summaries.restore(first);
    expect(summaries.take()).toMatchObject({ count: 3, firstTimeMillis: 10, lastTimeMillis: 20 });
  });
});
