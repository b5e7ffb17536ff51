import { expect, test } from 'vitest';
import { runExample } from './support/run-example.ts';

test('an example runs with one command, and what it stored is shown', async () => {
  const { stdout } = await runExample('run-locally.ts', { args: ['examples/sumo-logic.ts'] });
  expect(stdout).toContain('delivered: 2');
  expect(stdout).toContain('2 records at http, the last of them:');
  // The second one may overtake the first: at the end of the example both are on their way.
  expect(stdout).toMatch(/body: '(?:order taken|not enough in stock)'/u);
});

test('an example that fails ends the command with its exit code', async () => {
  const run = runExample('run-locally.ts', { args: ['no-such-example.ts'] });
  await expect(run).rejects.toMatchObject({ code: 1 });
});
