import { expect, it } from 'vitest';
import { RateLimitedWarnings } from '../../../src/destinations/http/rate-limited-warnings.ts';
import { FakeRuntime } from '../../support/fake-runtime.ts';
import { toldLines } from '../../support/told-lines.ts';

it('warnings of one kind come once in 30 seconds', async () => {
  const lines = toldLines();
  const clock = new FakeRuntime();
  const warnings = new RateLimitedWarnings(clock);
  for (const waitMillis of [0, 29_999, 1]) {
    await clock.advance(waitMillis);
    warnings.warn('a', `after ${waitMillis}`);
  }
  expect(lines).toEqual(['[collectorless] http: after 0', '[collectorless] http: after 1']);
});

it('of more than 32 kinds the first are told', () => {
  const lines = toldLines();
  const warnings = new RateLimitedWarnings(new FakeRuntime());
  for (let kind = 0; kind < 40; kind += 1) warnings.warn(`${kind}`, `${kind}`);
  expect(lines).toEqual(Array.from({ length: 32 }, (_, kind) => `[collectorless] http: ${kind}`));
});
