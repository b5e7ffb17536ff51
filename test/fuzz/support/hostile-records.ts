import { inspect } from 'node:util';
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import fc from 'fast-check';
import { hostileValues } from '../../../src/testing/records/hostile-values.ts';
import { hostileRecord, made, type Recipe } from '../../encode/support/hostile-values.ts';
import { makeRecord } from '../../encode/support/records.ts';

/** Makes the same record each time: an encoder may read a getter more than once. */
export type RecordRecipe = () => ReadableLogRecord;

const fieldName = fc.constantFrom(
  'hrTime',
  'hrTimeObserved',
  'severityNumber',
  'severityText',
  'eventName',
  'body',
  'spanContext',
  'attributes',
  'resource',
  'instrumentationScope',
  'droppedAttributesCount',
);

/** A value of `collectorless/testing`, made anew for each record. */
const knownHostile: fc.Arbitrary<Recipe> = fc
  .tuple(fc.constantFrom(...Object.values(hostileValues)), fc.double({ min: 0, max: 0.99 }))
  .map(
    ([make, random]) =>
      () =>
        make(() => random),
  );

/** Every field may be anything, and reading some may throw. */
export const hostileRecipe: fc.Arbitrary<RecordRecipe> = fc
  .tuple(
    hostileRecord,
    fc.dictionary(fieldName, knownHostile, { maxKeys: 3, noNullPrototype: true }),
    fc.subarray(['body', 'attributes', 'hrTime', 'resource', 'severityText'], { maxLength: 1 }),
    fc.boolean(),
  )
  .map(([fields, known, throwing, isThrowing]) =>
    shown(() => {
      const record = makeRecord({ ...made(fields), ...made(known) });
      if (!isThrowing) return record;
      for (const name of throwing)
        Object.defineProperty(record, name, { get: fail, enumerable: true });
      return record;
    }),
  );

/** A counterexample shows what the recipe makes. */
function shown(make: RecordRecipe): RecordRecipe {
  return Object.assign(make, { [fc.toStringMethod]: () => inspect(make(), { depth: 4 }) });
}

function fail(): never {
  throw new Error('a getter');
}
