import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createEncoder } from '../../src/encode/encoders.ts';
import type { EncodingName } from '../../src/encode/encodings.ts';
import { makeRecord, parse } from './support/records.ts';

const NAMES: readonly EncodingName[] = ['json', 'otlp-json', 'msgpack', 'body', 'distlog-json'];
const ANSWERS = [1_700_000_000, 0, -1, 0.5, 8_589_934_593, Number.NaN, Number.POSITIVE_INFINITY];

/** Each of its two numbers is another one each time, in that order. */
function changingTime(answers: readonly unknown[]): unknown[] {
  let reads = 0;
  const get = (): unknown => answers[reads++ % answers.length];
  return Object.defineProperties([], { 0: { get }, 1: { get } });
}

it.each(NAMES)('%s writes a record whose times are other ones each time', (name) => {
  const encoder = createEncoder(name);
  const answers = fc.array(fc.constantFrom(...ANSWERS, 5n, 'x', undefined), { minLength: 1 });
  fc.assert(
    fc.property(answers, answers, (time, observed) => {
      const encoded = encoder.encode(
        makeRecord({ hrTime: changingTime(time), hrTimeObserved: changingTime(observed) }),
      );
      expect(encoded.length).toBeGreaterThan(0);
      if (encoder.isText && name !== 'body') expect(parse(encoded)).toBeTypeOf('object');
    }),
    { numRuns: 2000 },
  );
});

it.each(NAMES)('%s asks each number of a time once', (name) => {
  const reads: Record<string, number> = {};
  const time = (of: string): unknown[] => {
    const get = (index: number) => (): number => {
      reads[`${of} ${index}`] = (reads[`${of} ${index}`] ?? 0) + 1;
      return 5;
    };
    return Object.defineProperties([], { 0: { get: get(0) }, 1: { get: get(1) } });
  };
  createEncoder(name).encode(
    makeRecord({ hrTime: time('time'), hrTimeObserved: time('observed') }),
  );
  expect(Object.values(reads).filter((count) => count > 1)).toEqual([]);
});
