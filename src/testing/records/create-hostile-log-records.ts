import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { seededRandom } from '../faults/seeded-random.ts';
import { createLogRecord } from './create-log-record.ts';
import { hostileValues } from './hostile-values.ts';

type AnyBody = ReadableLogRecord['body'];
type HrTime = ReadableLogRecord['hrTime'];

const makers = Object.values(hostileValues);
const edges = [255, 256, 1_023, 5_120, 65_535, 65_536, 262_144, 1_024_000, 1_048_550, 1_048_576];
const hostileTimes: readonly HrTime[] = [
  [Number.NaN, Number.NaN],
  [-1, 0],
  [0, 0],
  [0, -5],
  [1e300, 0],
  [Number.POSITIVE_INFINITY, 0],
  [0.5, 0.5],
  [253_402_300_800, 0],
];

/**
 * `count` records that try to break an exporter, the same for the same `seed`; each still has a
 * readable attribute `uid`.
 *
 * Cycles, deep nesting, throwing getters and proxies, BigInt, lone surrogates, control characters,
 * `__proto__`, impossible times, 500 attributes, and bodies at the edges of the services' sizes.
 */
export function createHostileLogRecords(seed: number, count: number): ReadableLogRecord[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, (_, index) => hostileRecord(index, seed, random));
}

function hostileRecord(index: number, seed: number, random: () => number): ReadableLogRecord {
  const uid = `hostile-${seed}-${index}`;
  const value = asBody(makers[index % makers.length]?.(random));
  switch (Math.floor(random() * 6)) {
    case 0:
      return createLogRecord({ body: value, attributes: { uid } });
    case 1:
      return createLogRecord({ attributes: { uid, hostile: value, after: 'still here' } });
    case 2: {
      const time = pick(hostileTimes, random);
      return createLogRecord({
        body: value,
        attributes: { uid },
        hrTime: time,
        hrTimeObserved: time,
      });
    }
    case 3:
      return createLogRecord({ body: value, attributes: manyAttributes(uid, value) });
    case 4:
      return createLogRecord({ body: edgeBody(random), attributes: { uid, hostile: value } });
    default:
      return withThrowingBody(createLogRecord({ attributes: { uid, hostile: value } }));
  }
}

function manyAttributes(uid: string, value: AnyBody): ReadableLogRecord['attributes'] {
  const many = Array.from({ length: 500 }, (_, index) => [`attribute.${index}`, index]);
  return { uid, ...Object.fromEntries(many), hostile: value };
}

function edgeBody(random: () => number): string {
  const letter = pick(['x', '"', 'é', '\u{1f600}', '\u0001'], random);
  const bytes = pick(edges, random) + Math.floor(random() * 3) - 1;
  return letter.repeat(Math.ceil(bytes / Buffer.byteLength(letter)));
}

function withThrowingBody(record: ReadableLogRecord): ReadableLogRecord {
  return Object.defineProperty({ ...record }, 'body', {
    enumerable: true,
    get(): never {
      throw new Error('body');
    },
  });
}

function pick<T>(values: readonly T[], random: () => number): T {
  const value = values[Math.floor(random() * values.length)];
  if (value === undefined) throw new RangeError('Nothing to pick from.');
  return value;
}

// An application is not held to the types: what it logs claims to be a body and may be anything.
function asBody(value: unknown): AnyBody {
  return claimsToBeBody(value) ? value : undefined;
}

function claimsToBeBody(_value: unknown): _value is AnyBody {
  return true;
}
