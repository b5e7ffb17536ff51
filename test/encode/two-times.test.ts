import type { HrTime } from '@opentelemetry/api';
import { describe, expect, it } from 'vitest';
import { createEncoder } from '../../src/encode/encoders.ts';
import { makeRecord } from './support/records.ts';

const TIME: HrTime = [1_700_000_000, 5];
const NO_TIME: HrTime = [Number.NaN, 0];

describe.each(['json', 'msgpack'] as const)(
  'a time of logging and one of being seen, as %s',
  (name) => {
    it.each<[string, HrTime, HrTime, readonly string[]]>([
      ['the same moment', TIME, [...TIME], ['timestamp']],
      ['other nanoseconds', TIME, [TIME[0], 6], ['timestamp', 'observed_timestamp']],
      ['other seconds', TIME, [TIME[0] + 1, TIME[1]], ['timestamp', 'observed_timestamp']],
      ['only logged', TIME, NO_TIME, ['timestamp']],
      ['only seen', NO_TIME, TIME, ['observed_timestamp']],
      ['neither', NO_TIME, NO_TIME, []],
    ])('%s', (_, hrTime, hrTimeObserved, fields) => {
      const encoder = createEncoder(name);
      // The one before has the same time.
      encoder.encode(makeRecord({ hrTime: TIME, hrTimeObserved: TIME }));
      const text = Buffer.from(encoder.encode(makeRecord({ hrTime, hrTimeObserved }))).toString(
        'latin1',
      );
      expect(text.match(/(?:observed_)?timestamp/g) ?? []).toEqual(fields);
    });
  },
);
