import { expect, it } from 'vitest';
import { withRepeatedCalls } from './support/repeated-calls.ts';

it('a call like an earlier one answers what is known of the response, of which the SDK then reads nothing', async () => {
  await withRepeatedCalls({}, async ({ call, stored, wholeWays }) => {
    const known = { FailedPutCount: 0, RequestResponses: [], $metadata: {} };
    let responses = 0;
    const onResponse = async () => {
      responses += 1;
      return responses === 4 ? undefined : known;
    };
    const answers = [];
    for (const text of ['one', 'two', 'three', 'four', 'five'])
      answers.push(await call(text, { onResponse }));
    // The first goes through all of the SDK, which reads the responses of which nothing is known too.
    expect(answers.map((answer) => answer === known)).toEqual([false, true, true, false, true]);
    expect(answers[3]?.RequestResponses).toHaveLength(1);
    expect(wholeWays()).toBe(1);
    expect(stored()).toEqual(['one', 'two', 'three', 'four', 'five']);
  });
});

it('a call like an earlier one fails when looking at its response fails', async () => {
  await withRepeatedCalls({}, async ({ call }) => {
    await call();
    const onResponse = async (): Promise<never> => {
      throw new Error('cannot look');
    };
    await expect(call('text', { onResponse })).rejects.toThrow('cannot look');
    expect(await call()).toMatchObject({ FailedPutCount: 0 });
  });
});
