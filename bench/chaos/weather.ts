import type { Fault } from '../../src/testing/index.ts';
import { EXPORTER_NAMES, type ExporterName } from './chaos-exporters.ts';

/** Faults of the services for the time of a step. */
export interface Weather {
  readonly name: string;
  readonly faults: readonly Fault[];
  /** Exporters whose records may be stored without the exporter hearing of it. */
  readonly losesAnswersOf: readonly ExporterName[];
}

const REQUESTING = EXPORTER_NAMES.filter((name) => name !== 'zeromq');
const AWS = ['firehose', 'cloudwatch-logs', 'sqs'] as const;

/** Each refuses a call, or parts of it, and says so: no record may be stored twice because of them. */
export const HONEST_WEATHERS: readonly Weather[] = [
  honest('throttle', [{ kind: 'throttle', rate: 0.5 }]),
  honest('5xx', [
    { kind: 'service-unavailable', rate: 0.3 },
    { kind: 'internal-error', rate: 0.3 },
  ]),
  honest('partial failure', [
    { kind: 'partial-failure', service: 'firehose', rate: 0.7 },
    { kind: 'partial-failure', service: 'sqs', rate: 0.7 },
  ]),
  honest('reset before accept', [{ kind: 'reset-before-accept', rate: 0.5 }]),
  honest('latency', [{ kind: 'delay', durationMillis: 400 }]),
  honest(
    'expired credentials',
    AWS.map((service) => ({ kind: 'expired-credentials', service, rate: 0.5 })),
  ),
  honest('clock skew', [{ kind: 'clock-skew' }]),
  honest('operation aborted', [{ kind: 'operation-aborted', service: 'cloudwatch-logs' }]),
  honest('slow body', [{ kind: 'slow-body', rate: 0.5, durationMillis: 500 }]),
  honest('stream deleted', [
    { kind: 'stream-deleted', service: 'firehose' },
    { kind: 'stream-deleted', service: 'cloudwatch-logs' },
    { kind: 'stream-deleted', service: 'cloudwatch-logs', what: 'group', after: 3 },
    { kind: 'stream-deleted', service: 'sqs' },
  ]),
];

export const LOSSY_WEATHERS: readonly Weather[] = [
  lossy('reset after accept', [{ kind: 'reset-after-accept', rate: 0.4 }]),
  lossy(
    'hang',
    REQUESTING.flatMap((service) => [
      { kind: 'hang', service, times: 2 },
      { kind: 'hang', service, times: 2, accept: true },
    ]),
  ),
  lossy('malformed answer', [
    { kind: 'malformed-answer', rate: 0.2 },
    { kind: 'malformed-answer', form: 'half', rate: 0.2 },
    { kind: 'malformed-answer', form: 'empty', rate: 0.2 },
    { kind: 'malformed-answer', form: 'html', rate: 0.2 },
  ]),
  {
    ...lossy('wrong checksum', [{ kind: 'wrong-checksum', service: 'sqs', rate: 0.5 }]),
    losesAnswersOf: ['sqs'],
  },
];

function honest(name: string, faults: readonly Fault[]): Weather {
  return { name, faults, losesAnswersOf: [] };
}

function lossy(name: string, faults: readonly Fault[]): Weather {
  return { name, faults, losesAnswersOf: REQUESTING };
}
