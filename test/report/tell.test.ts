import { expect, test } from 'vitest';
import { bugTeller, tell } from '../../src/report/tell.ts';
import { breakDiag, toldLines } from '../support/told-lines.ts';

test('a line names the package', () => {
  const lines = toldLines();
  tell('warn', 'sqs: something');
  expect(lines).toEqual(['[collectorless] sqs: something']);
});

test('a diag logger that throws is no one else’s trouble', () => {
  breakDiag();
  expect(() => tell('error', 'sqs: something')).not.toThrow();
});

test('a bug is told with the name of the exporter that has it', () => {
  const lines = toldLines();
  bugTeller('sqs')(new RangeError('it does not fit'));
  expect(lines).toEqual(['[collectorless] sqs: RangeError: it does not fit']);
});
