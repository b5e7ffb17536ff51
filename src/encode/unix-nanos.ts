import type { HrTime } from '@opentelemetry/api';
import { normalTime } from './normal-time.ts';

const NANO_DIGITS = 9;
const MAX_UINT64 = (1n << 64n) - 1n;
const NANOS_PER_SECOND = 1_000_000_000n;

/** Nanoseconds since 1970 as the decimal text of a fixed64; undefined for no time and times before 1970. */
export function unixNanosText(time: HrTime): string | undefined {
  const normal = normalTime(time);
  if (normal === undefined || normal[0] < 0) return undefined;
  const [seconds, nanos] = normal;
  if (seconds === 0) return String(nanos);
  // Ten digits of seconds are far from the end of a fixed64, so the digits only stand side by side.
  if (seconds < 10_000_000_000) return String(seconds) + String(nanos).padStart(NANO_DIGITS, '0');
  const total = BigInt(seconds) * NANOS_PER_SECOND + BigInt(nanos);
  return String(total > MAX_UINT64 ? MAX_UINT64 : total);
}
