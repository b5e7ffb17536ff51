import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * Test files that take long, the longest first. A clean clone knows no durations: one of these begun last would
 * leave the other workers idle.
 */
const SLOW_FILES = [
  'chaos/chaos',
  'delivery/hostile-records',
  'delivery/disturbed-calls',
  'setup/exit-guard/crashes',
  'setup/exit-guard/natural-end',
  'exporter/memory-processors',
  'setup/register/settings',
  'setup/register/threads',
  'delivery/spool-crash',
  'delivery/long-outage',
  'fuzz/fuzz',
  'encode/fit-work',
  'encode/fit-record',
  'decode/round-trip.property',
  'destinations/zeromq/zeromq-process',
  'destinations/aws/failures',
  'packaging/types',
  'exporter/summary-delivery',
  'spool/processes',
  'examples/examples',
  'destinations/zeromq/zeromq-delivery',
  'destinations/sqs/contract',
  'exporter/spool/spool',
];

/** Starts slow test files first, so that all workers end at about the same time. */
export class SlowFirstSequencer extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.sort((a, b) => rankOf(a) - rankOf(b));
  }
}

function rankOf({ moduleId }: TestSpecification): number {
  const index = SLOW_FILES.findIndex((name) => moduleId.endsWith(`/test/${name}.test.ts`));
  return index === -1 ? SLOW_FILES.length : index;
}
