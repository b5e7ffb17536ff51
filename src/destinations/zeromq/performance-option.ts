import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { compileScopeFilter } from '../../exporter/scope-filter.ts';
import { InvalidOptionError } from '../../invalid-option-error.ts';
import { shownOption } from '../../shown-option.ts';

/** Which records are measurements rather than logs. */
export interface PerformanceRule {
  /**
   * Records with a number in one of these attributes.
   * @defaultValue ['duration', 'duration_ms', 'event.duration']
   */
  readonly attributes?: readonly string[];
  /**
   * Records of these scopes: names, beginnings such as `http/*`, or regular expressions.
   * @defaultValue none
   */
  readonly scopes?: readonly (string | RegExp)[];
}

type LogAttributes = ReadableLogRecord['attributes'];

export type PerformanceTest = (record: ReadableLogRecord) => boolean;

const DURATION_ATTRIBUTES: readonly string[] = ['duration', 'duration_ms', 'event.duration'];

/** Undefined when no record can be one. @throws InvalidOptionError */
export function performanceOption(rule: PerformanceRule = {}): PerformanceTest | undefined {
  const { attributes = DURATION_ATTRIBUTES, scopes = [] } = rule ?? {};
  const areNames =
    Array.isArray(attributes) && attributes.every((name) => typeof name === 'string');
  const areScopes =
    Array.isArray(scopes) &&
    scopes.every((scope) => typeof scope === 'string' || scope instanceof RegExp);
  if (rule === null || !areNames || !areScopes) {
    throw new InvalidOptionError(
      'Expected `performance` to be an object with `attributes`, an array of names, and `scopes`, an array of names ' +
        `and regular expressions, got ${shownOption(rule)}`,
    );
  }
  if (attributes.length === 0 && scopes.length === 0) return undefined;
  const isChosenScope = compileScopeFilter(scopes);
  const isMeasured = attributes === DURATION_ATTRIBUTES ? hasDuration : hasNumber(attributes);
  return (record) =>
    isMeasured(record.attributes) || isChosenScope(record.instrumentationScope?.name ?? '');
}

function hasNumber(names: readonly string[]): (attributes: LogAttributes) => boolean {
  return (attributes) => {
    for (const name of names) if (isNumber(attributes[name])) return true;
    return false;
  };
}

/** Of `DURATION_ATTRIBUTES`, each by its name: that is found faster than one that is told. */
function hasDuration(attributes: LogAttributes): boolean {
  return (
    isNumber(attributes['duration']) ||
    isNumber(attributes['duration_ms']) ||
    isNumber(attributes['event.duration'])
  );
}

function isNumber(value: unknown): boolean {
  return typeof value === 'number' || typeof value === 'bigint';
}
