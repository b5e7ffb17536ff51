import { expect, test } from 'vitest';
import { runExample } from './support/run-example.ts';

test('the spool example loses nothing in an outage and by kill -9', async () => {
  const { stderr, stdout } = await runExample('spool-outage.ts');
  expect(stderr).toBe('');
  expect(stdout).toMatch(/^The endpoint is down\. The service was killed with (\d{3,}) records/u);
  expect(stdout).toMatch(/Of the \d{3,}, 0 are missing; 0 arrived twice\.\n$/u);
});
