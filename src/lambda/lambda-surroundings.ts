import { type Runtime, systemRuntime } from '../exporter/runtime.ts';

/** What surrounds a handler; handed in, so that tests rule over it. */
export interface LambdaSurroundings {
  readonly runtime: Pick<Runtime, 'holdProcess' | 'monotonicMillis' | 'startTimer'>;
  /** Writes a line to where CloudWatch reads. */
  readonly writeLine: (line: string) => void;
  /** The environment serves several invocations at a time and is not frozen between them. */
  readonly isConcurrent: () => boolean;
}

export const systemSurroundings: LambdaSurroundings = {
  runtime: systemRuntime,
  writeLine: (line) => process.stdout.write(`${line}\n`),
  // Lambda Managed Instances: https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances-runtimes.html
  isConcurrent: () => process.env['AWS_LAMBDA_MAX_CONCURRENCY'] !== undefined,
};
