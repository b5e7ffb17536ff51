import type { Fault } from '../faults/fault.ts';
import { AwsError } from './aws-error.ts';
import type { RuleCheck } from './rule-check.ts';
import type { Shape, ShapeProblem } from './shape.ts';

/** What an operation gets beside its input. */
export interface AwsCallContext {
  readonly check: RuleCheck;
  /** Unix time of the service in milliseconds. */
  readonly nowMillis: number;
  /** The fault that strikes this call and does not keep it from being stored. */
  readonly fault: Fault | undefined;
  /** From a partial failure: says of each entry whether it fails. */
  readonly entryFails: (index: number) => boolean;
  /** Aborted when the services close. */
  readonly signal: AbortSignal;
}

/** One call whose input was read, not yet judged. */
export interface AwsCall {
  /** The stream, group or queue that the input names, for faults and recorded requests. */
  readonly target: string;
  readonly entryCount: number;
  run(context: AwsCallContext): object | Promise<object>;
}

/** Reads the input of one operation. */
export type AwsOperation = (input: unknown) => AwsCall;

/** How a service tells a missing member. */
export type MissingMember = (problem: ShapeProblem) => AwsError;

/** Joins the shape of the input to what is done with it. */
export function awsOperation<T>(parts: {
  readonly input: Shape<T>;
  readonly missing: MissingMember;
  readonly target?: (input: T) => string;
  readonly entryCount?: (input: T) => number;
  readonly run: (input: T, context: AwsCallContext) => object | Promise<object>;
}): AwsOperation {
  return (input) => {
    const problem = parts.input.problem(input);
    if (!isReadable<T>(input, problem)) return unreadableCall(problem, parts.missing);
    return {
      target: parts.target?.(input) ?? '',
      entryCount: parts.entryCount?.(input) ?? 1,
      run(context) {
        if (problem !== undefined) refuseUnknown(problem, context.check);
        return parts.run(input, context);
      },
    };
  };
}

function isReadable<T>(_input: unknown, problem: ShapeProblem | undefined): _input is T {
  return problem === undefined || problem.kind === 'unknown';
}

// The real services ignore members they do not know: what was meant by one is lost in silence.
function refuseUnknown(problem: ShapeProblem, check: RuleCheck): void {
  const { message, path } = problem;
  check.refuseCall({
    rule: 'unknown-member',
    error: 'SerializationException',
    message,
    detail: path,
  });
}

function unreadableCall(problem: ShapeProblem | undefined, missing: MissingMember): AwsCall {
  const run = ({ check }: AwsCallContext): never => {
    const { kind = 'type', path = '', message = '' } = problem ?? {};
    const isMissing = problem !== undefined && kind === 'missing';
    const error = isMissing ? missing(problem) : new AwsError('SerializationException', message);
    const rule = isMissing ? 'missing-member' : 'member-type';
    check.refuseCall({ rule, error: error.code, message: error.message, detail: path });
    throw error;
  };
  return { target: '', entryCount: 0, run };
}
