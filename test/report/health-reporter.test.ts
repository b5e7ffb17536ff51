import { expect, test } from 'vitest';
import { HealthReporter } from '../../src/report/health-reporter.ts';

function bench() {
  const lines: string[] = [];
  let nowMillis = 0;
  const reporter = new HealthReporter({
    name: 'sqs',
    warn: (line) => lines.push(line),
    monotonicMillis: () => nowMillis,
  });
  return { lines, reporter, wait: (millis: number) => (nowMillis += millis) };
}

test('a target that begins to fail is told of with the cause, and once more when it is back', () => {
  const { lines, reporter } = bench();
  reporter.troubled('queue-1', new Error('Region is missing'));
  reporter.recovered('queue-1');
  reporter.recovered('queue-1');
  expect(lines).toEqual([
    'sqs: queue-1 fails, its log records wait and are sent again: Error: Region is missing',
    'sqs: queue-1 answers again',
  ]);
});

test('a target that fails and recovers in turns is told of once in half a minute', () => {
  const { lines, reporter, wait } = bench();
  for (let second = 0; second < 60; second += 1) {
    reporter.troubled('queue-1', new Error('down'));
    reporter.recovered('queue-1');
    wait(1000);
  }
  expect(lines).toHaveLength(4);
});

test('many targets are told of each, with bounded memory', () => {
  const { lines, reporter } = bench();
  for (let index = 0; index < 1000; index += 1)
    reporter.troubled(`queue-${index}`, new Error('down'));
  expect(lines).toHaveLength(1000);
});
