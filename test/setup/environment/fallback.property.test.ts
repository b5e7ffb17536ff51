import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { DestinationName } from '../../../src/destinations/manifests.ts';
import type { Variable } from '../../../src/manifest/list-variables.ts';
import { createDestinationExporter } from '../../../src/setup/create-destination-exporter.ts';
import { DESTINATION_VARIABLES } from '../../support/destination-variables.ts';
import { textsOf } from './support/texts-of-kind.ts';

/** What each exporter cannot be without. */
const NEEDED: readonly (readonly [DestinationName, Readonly<Record<string, string>>])[] = [
  ['cloudwatch-logs', {}],
  ['firehose', { OTEL_EXPORTER_FIREHOSE_DELIVERY_STREAM_NAME: 'logs' }],
  ['sqs', { OTEL_EXPORTER_SQS_QUEUE_NAME: 'logs' }],
  ['http', { OTEL_EXPORTER_HTTP_LOGS_URL: 'http://127.0.0.1:9/' }],
  ['zeromq', { OTEL_EXPORTER_ZEROMQ_ENDPOINT: 'tcp://127.0.0.1:5010' }],
];

const odd = fc.constantFrom(
  ' ',
  '-1',
  '0',
  '1e300',
  'none',
  '{',
  '{date:%',
  'a=',
  '=',
  '\u0000',
  'x'.repeat(5_000),
);

/** Any text for a variable: right, wrong, or right but refused. A spool would make folders. */
function anyText(variable: Variable): fc.Arbitrary<string> {
  const { right, wrong } = textsOf(variable);
  return fc.oneof(
    right.map(([text]) => text),
    wrong ?? odd,
    odd,
  );
}

// Nothing is exported, so there is nothing to shut down.
it.each(NEEDED)('no texts of other variables cost the logs for %s', async (name, needed) => {
  const others = DESTINATION_VARIABLES[name].variables.filter(
    ({ isIndispensable, option }) => !isIndispensable && !option.startsWith('spool.'),
  );
  const environments = fc.record(
    Object.fromEntries(others.map((variable) => [variable.name, anyText(variable)])),
    { requiredKeys: [] },
  );
  await fc.assert(
    fc.asyncProperty(environments, async (environment) => {
      const warnings: string[] = [];
      const created = await createDestinationExporter(
        name,
        { ...environment, ...needed },
        { retry: { maxBackoffMillis: 10 } },
        (line) => warnings.push(line),
      );
      expect(created).toHaveProperty('exporter');
      expect(warnings.length).toBeLessThanOrEqual(2 * others.length);
      for (const line of warnings) expect(line).toMatch(/^[^\n]*OTEL_EXPORTER_[^\n]*$/u);
    }),
    { numRuns: 100 },
  );
});
