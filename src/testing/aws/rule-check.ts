import type { LocalServiceName, Violation } from '../violations.ts';
import { AwsError } from './aws-error.ts';

/** A broken rule, in the words of the service. */
export interface BrokenRule {
  readonly rule: string;
  readonly error: string;
  readonly message: string;
  readonly status?: number;
  readonly detail?: string;
  readonly limit?: number;
  readonly actual?: number;
}

/** Writes broken rules down and, when strict, lets them have the effect they have at the service. */
export class RuleCheck {
  readonly #service: LocalServiceName;
  readonly #operation: string;
  readonly #strict: boolean;
  readonly #violations: Violation[];

  constructor(
    service: LocalServiceName,
    operation: string,
    strict: boolean,
    violations: Violation[],
  ) {
    this.#service = service;
    this.#operation = operation;
    this.#strict = strict;
    this.#violations = violations;
  }

  /** Fails the whole call. */
  refuseCall(broken: BrokenRule): void {
    this.#note(broken, 'call');
    if (this.#strict) throw new AwsError(broken.error, broken.message, broken.status ?? 400);
  }

  /** Answers true when this entry is to fail and its neighbours are not. */
  refuseEntry(broken: BrokenRule): boolean {
    this.#note(broken, 'entry');
    return this.#strict;
  }

  /** Something that works but that no good client does. */
  advise(broken: BrokenRule): void {
    this.#note(broken, 'advice');
  }

  #note(broken: BrokenRule, scope: Violation['scope']): void {
    const { rule, error, message, detail = '', limit, actual } = broken;
    this.#violations.push({
      service: this.#service,
      operation: this.#operation,
      rule,
      error,
      message,
      detail,
      scope,
      ...(limit === undefined ? {} : { limit }),
      ...(actual === undefined ? {} : { actual }),
    });
  }
}
