import { DiagLogLevel, diag } from '@opentelemetry/api';
import { afterEach, expect, test } from 'vitest';
import { bugTeller, tell } from '../../src/report/tell.ts';

afterEach(() => diag.disable());

function setLogger(write: (line: string) => void): void {
  const logger = { error: write, warn: write, info: write, debug: write, verbose: write };
  diag.setLogger(logger, { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true });
}

test('a line names the package', () => {
  const lines: string[] = [];
  setLogger((line) => lines.push(line));
  tell('warn', 'sqs: something');
  expect(lines).toEqual(['[collectorless] sqs: something']);
});

test('a diag logger that throws is no one else’s trouble', () => {
  setLogger(() => {
    throw new Error('diag');
  });
  expect(() => tell('error', 'sqs: something')).not.toThrow();
});

test('a bug is told with the name of the exporter that has it', () => {
  const lines: string[] = [];
  setLogger((line) => lines.push(line));
  bugTeller('sqs')(new RangeError('it does not fit'));
  expect(lines).toEqual(['[collectorless] sqs: RangeError: it does not fit']);
});
