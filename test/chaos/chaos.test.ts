import { expect, test } from 'vitest';
import { EXPORTER_NAMES } from '../../bench/chaos/chaos-exporters.ts';
import { formatChaosResult, isSound } from '../../bench/chaos/format-chaos-result.ts';
import { runChaos } from '../../bench/chaos/run-chaos.ts';
import { HONEST_WEATHERS, LOSSY_WEATHERS } from '../../bench/chaos/weather.ts';

const seed = Number(process.env['SEED'] ?? 1);

test('killed, stopped, out of disk and time, at services that fail: every record is accounted for', {
  timeout: 240_000,
}, async () => {
  const result = await runChaos({
    seed,
    durationMillis: 17_000,
    recordsPerSecond: 100,
    // A test that is killed must not leave a mount behind.
    mounts: false,
  });
  console.info(`seed ${seed}\n${formatChaosResult(result)}`);
  const weathers = [...HONEST_WEATHERS, ...LOSSY_WEATHERS].map(({ name }) => name);
  expect([...result.injected.keys()]).toEqual(
    expect.arrayContaining([...weathers, 'kill -9 of the app', 'SIGSTOP of the app']),
  );
  expect(result.accounts.map(({ name }) => name)).toEqual(EXPORTER_NAMES);
  for (const { acknowledged, stored } of result.accounts) {
    expect(acknowledged).toBeGreaterThan(100);
    expect(stored).toBeGreaterThan(100);
  }
  expect(result.violations).toEqual([]);
  expect(isSound(result)).toBe(true);
});
