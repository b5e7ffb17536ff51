import { expect, it } from 'vitest';
import { documents } from './support/document.ts';
import { untoldVariables, wrongVariables } from './support/wrong-variables.ts';

it.each(documents)('$path names variables that something reads', (document) => {
  expect(wrongVariables(document)).toEqual([]);
});

it('every variable that is read is in a document', () => {
  expect(untoldVariables(documents)).toEqual([]);
});

it('a wrong variable is told with its line and what was likely meant', () => {
  const text =
    'OTEL_SERVICE_NAME\n`OTEL_LOG_EXPORTER` AWS_REGIO=x …_SPOOL_FOLDER\nOTEL_EXPORTER_<NAME>_ENCODIN OTEL_EXPORTER_KAFKA_…';
  expect(wrongVariables({ path: 'x.md', text })).toEqual([
    'x.md:2 names the variable OTEL_LOG_EXPORTER, which nothing reads; the closest is OTEL_LOGS_EXPORTER',
    'x.md:2 names the variable AWS_REGIO, which nothing reads; the closest is AWS_REGION',
    expect.stringContaining('x.md:2 names the variable …_SPOOL_FOLDER, which nothing reads'),
    expect.stringContaining('x.md:3 names the variable OTEL_EXPORTER_<NAME>_ENCODIN, '),
    expect.stringContaining('x.md:3 names the variable OTEL_EXPORTER_KAFKA_…, '),
  ]);
});

it('a variable that no document names is told', () => {
  expect(untoldVariables([])).toContain('COLLECTORLESS_DEBUG');
});
