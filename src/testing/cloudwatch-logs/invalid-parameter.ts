import type { RuleCheck } from '../aws/rule-check.ts';

/** Sizes for the violation list. */
export interface RuleSizes {
  readonly limit?: number;
  readonly actual?: number;
}

/** Fails the call with the one error name that CloudWatch Logs has for every wrong parameter. */
export function refuseParameter(
  check: RuleCheck,
  rule: string,
  message: string,
  detail = '',
  sizes: RuleSizes = {},
): void {
  check.refuseCall({ rule, error: 'InvalidParameterException', message, detail, ...sizes });
}

/** The same in the words that come from the service model. */
export function refuseConstraint(
  check: RuleCheck,
  rule: string,
  path: string,
  value: string,
  constraint: string,
  sizes: RuleSizes = {},
): void {
  const message = `1 validation error detected: Value '${value}' at '${path}' failed to satisfy constraint: ${constraint}`;
  refuseParameter(check, rule, message, path, sizes);
}
