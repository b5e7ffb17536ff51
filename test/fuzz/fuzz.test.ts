import { describe, expect, it } from 'vitest';
import { FUZZ_TOPICS } from './topics.ts';

// A new seed each time; a failure tells it. `npm run fuzz` looks longer.
const seed = Date.now() % 2 ** 31;

describe.each(Object.entries(FUZZ_TOPICS))('fuzzing: %s', (_topic, laws) => {
  it.each(laws)('$name', async ({ check, runs }) => {
    expect(await check({ seed, runs, maxMillis: 700 })).toBeUndefined();
  });
});
