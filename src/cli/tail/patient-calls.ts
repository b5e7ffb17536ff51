import { setTimeout } from 'node:timers/promises';
import { describeError } from '../../describe-error.ts';
import type { CliIo } from '../cli-io.ts';
import type { Messages } from '../print/messages.ts';
import { UserError } from '../user-error.ts';
import { type AwsReading, awsProblem } from './aws-problem.ts';

const FIRST_PAUSE_MILLIS = 1000;
const LONGEST_PAUSE_MILLIS = 30_000;

/** Makes a call until it succeeds or there is no hope. */
export type PatientCall = <Output>(call: () => Promise<Output>) => Promise<Output>;

/**
 * Calls AWS for a reader that runs for long. A failure before anything has worked is a wrong set-up and ends
 * it; later ones that pass with time are told and waited for.
 */
export async function createPatientCall(
  reading: AwsReading,
  { signal }: CliIo,
  messages: Messages,
): Promise<PatientCall> {
  const { classifyAwsError } = await import('../../destinations/aws/classify-aws-error.ts');
  let hasWorked = false;
  return async (call) => {
    for (let pauseMillis = FIRST_PAUSE_MILLIS; ; pauseMillis *= 2) {
      try {
        const output = await call();
        hasWorked = true;
        return output;
      } catch (thrown) {
        signal.throwIfAborted();
        const { error, status } = classifyAwsError(thrown, Date.now());
        if (!hasWorked || status === 'rejected') throw new UserError(awsProblem(error, reading));
        messages.warn(`${reading.what}: ${describeError(error)}; trying again`);
        await setTimeout(Math.min(pauseMillis, LONGEST_PAUSE_MILLIS), undefined, { signal });
      }
    }
  };
}
