import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { InvalidOptionError } from '../invalid-option-error.ts';
import { shownOption } from '../shown-option.ts';

/** Logs of what we use to send would make more logs to send. */
const DEFAULT_EXCLUDED: readonly string[] = [
  'collectorless',
  'collectorless/*',
  '@aws-sdk/*',
  '@smithy/*',
];

/** Answers a test for scope names; the answer for a name is remembered. */
export function compileScopeFilter(
  excludeScopes: readonly (string | RegExp)[] = DEFAULT_EXCLUDED,
): (scopeName: string) => boolean {
  if (!Array.isArray(excludeScopes)) {
    throw new InvalidOptionError(
      `Expected \`excludeScopes\` to be an array of texts and regular expressions, got ${shownOption(excludeScopes)}`,
    );
  }
  const tests = excludeScopes.map(compileTest);
  let knownName: string | undefined;
  let knownAnswer = false;
  return (scopeName) => {
    if (scopeName !== knownName) {
      knownName = scopeName;
      knownAnswer = tests.some((test) => test(scopeName));
    }
    return knownAnswer;
  };
}

function compileTest(scope: unknown): (name: string) => boolean {
  if (scope instanceof RegExp) {
    // Without the flags that make a test depend on the one before.
    const pattern = new RegExp(scope.source, scope.flags.replace(/[gy]/gu, ''));
    return (name) => pattern.test(name);
  }
  if (typeof scope !== 'string') {
    throw new InvalidOptionError(
      `Expected \`excludeScopes\` to hold texts and regular expressions, got ${shownOption(scope)}`,
    );
  }
  if (!scope.endsWith('*')) return (name) => name === scope;
  const start = scope.slice(0, -1);
  return (name) => name.startsWith(start);
}

/** The records whose scope is not excluded. */
export function withoutScopes(
  records: readonly ReadableLogRecord[],
  isExcluded: (scopeName: string) => boolean,
): readonly ReadableLogRecord[] {
  return records.filter((record) => {
    try {
      return !isExcluded(record.instrumentationScope.name);
    } catch {
      // A record that is not one is counted where it is packed, and its neighbours go on.
      return true;
    }
  });
}
