import type { BilledUse } from '../service/billed-use.ts';

const MEBIBYTE = 1_048_576;
const SQS_STEP_BYTES = 65_536;

/** A bill, and the least that the same content could cost. */
export interface BilledCase {
  readonly subject: string;
  readonly unit: string;
  readonly billed: (use: BilledUse) => number;
  readonly floor: (use: BilledUse) => number;
  readonly atMost?: number;
}

export const BILLED_CASES: readonly BilledCase[] = [
  {
    subject: 'Firehose',
    unit: 'bytes, each record rounded up to 5 KB',
    billed: ({ billed }) => billed,
    floor: ({ bytes }) => bytes,
  },
  {
    subject: 'Firehose lines',
    unit: 'bytes, each record rounded up to 5 KB',
    billed: ({ billed }) => billed,
    floor: ({ bytes }) => bytes,
    atMost: 1.05,
  },
  {
    subject: 'CloudWatch Logs',
    unit: 'calls of 1 MiB or 10,000 events',
    billed: ({ calls }) => calls,
    floor: ({ bytes, entries }) =>
      Math.max(Math.ceil(bytes / MEBIBYTE), Math.ceil(entries / 10_000)),
    atMost: 1.05,
  },
  {
    subject: 'SQS',
    unit: 'requests of 10 messages or 64 KB',
    billed: ({ billed }) => billed,
    floor: ({ bytes, entries }) =>
      Math.max(Math.ceil(bytes / SQS_STEP_BYTES), Math.ceil(entries / 10)),
    atMost: 1.05,
  },
  {
    subject: 'SQS lines',
    unit: 'requests of 64 KB',
    billed: ({ billed }) => billed,
    floor: ({ bytes }) => Math.ceil(bytes / SQS_STEP_BYTES),
    atMost: 1.05,
  },
];
