import type { Effort } from '../section.ts';
import { CREATION, READY_BYTES } from './floor-subjects.ts';

/** A steady load and who is put under it. */
export interface PathLoad {
  /** Records a second. */
  readonly rate: number;
  readonly latencyMillis: number;
  readonly seconds: number;
  readonly rounds: number;
  readonly subjects: readonly string[];
}

export const OURS: readonly string[] = [
  'Firehose',
  'Firehose lines',
  'CloudWatch Logs',
  'SQS lines',
  'HTTP NDJSON',
  'HTTP MessagePack',
];

const KEEPING_UP = ['OTLP JSON', 'OTLP JSON, tuned', ...OURS];
const EVERYBODY = [
  CREATION,
  READY_BYTES,
  'OTLP JSON',
  'OTLP JSON, tuned',
  'OTLP protobuf, tuned',
  ...OURS,
  'SQS',
  'LogTape CloudWatch',
  'winston-cloudwatch',
  'pino-cloudwatch-transport',
  'winston-firehose',
];

/** The one at which subjects are compared by their cost; the others tell who keeps up. */
export const COMPARED_RATE = 50_000;
export const COMPARED_LATENCY_MILLIS = 20;

/** @param seconds Of each run. @param rounds At the load where costs are compared. Default: by the effort. */
export function pathLoads(
  effort: Effort,
  seconds: number = { full: 10, quick: 2, tiny: 0.1 }[effort],
  rounds: number = { full: 5, quick: 1, tiny: 1 }[effort],
): readonly PathLoad[] {
  const compared = { rate: COMPARED_RATE, latencyMillis: COMPARED_LATENCY_MILLIS, seconds, rounds };
  if (effort === 'tiny') {
    const subjects = ['OTLP JSON, tuned', 'Firehose lines'];
    return [{ ...compared, rate: 2_000, latencyMillis: 1, subjects }];
  }
  // Whether something is dropped is seen in fewer rounds than what it costs.
  const keepingUp = { ...compared, rounds: Math.ceil(rounds / 2), subjects: KEEPING_UP };
  const hardest = { ...keepingUp, rate: 100_000, subjects: [CREATION, READY_BYTES, ...KEEPING_UP] };
  if (effort === 'quick') return [{ ...compared, subjects: EVERYBODY }, hardest];
  return [
    { ...compared, subjects: EVERYBODY },
    { ...keepingUp, rate: 10_000 },
    hardest,
    { ...keepingUp, latencyMillis: 100 },
  ];
}
