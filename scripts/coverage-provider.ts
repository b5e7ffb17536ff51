import v8 from '@vitest/coverage-v8';
import type { CoverageProviderModule } from 'vitest/node';

/**
 * The coverage of V8, except in workers whose project says `COVERAGE: 'off'`: its counters make what runs in
 * tight loops twice as slow.
 */
const provider: CoverageProviderModule = {
  ...v8,
  // This module is loaded anew between these calls; that of V8 is not, and knows its session.
  startCoverage: (options) => (isOff() ? undefined : v8.startCoverage?.(options)),
  takeCoverage: (options) => (isOff() ? undefined : v8.takeCoverage?.(options)),
  stopCoverage: (options) => (isOff() ? undefined : v8.stopCoverage?.(options)),
};

export default provider;

function isOff(): boolean {
  return process.env['COVERAGE'] === 'off';
}
