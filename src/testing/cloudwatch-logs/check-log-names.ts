import { missedBound } from '../aws/missed-bound.ts';
import type { RuleCheck } from '../aws/rule-check.ts';
import { cloudWatchLogsLimits } from './cloudwatch-logs-limits.ts';
import { refuseConstraint, refuseParameter } from './invalid-parameter.ts';

const groupNamePattern = /^[.\-_/#A-Za-z0-9]+$/;
const streamNamePattern = /^[^:*]*$/;

export function checkGroupName(name: string, check: RuleCheck): void {
  const path = 'logGroupName';
  if (!checkLength(name, path, 'group-name-length', check)) return;
  if (!groupNamePattern.test(name)) {
    const constraint = 'Member must satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+';
    refuseConstraint(check, 'group-name-characters', path, name, constraint);
  } else if (name.startsWith('aws/')) {
    refuseParameter(
      check,
      'group-name-prefix',
      'Log groups starting with aws/ are reserved.',
      path,
    );
  }
}

export function checkStreamName(name: string, check: RuleCheck): void {
  const path = 'logStreamName';
  if (!checkLength(name, path, 'stream-name-length', check)) return;
  if (!streamNamePattern.test(name)) {
    const constraint = 'Member must satisfy regular expression pattern: [^:*]*';
    refuseConstraint(check, 'stream-name-characters', path, name, constraint);
  }
}

function checkLength(name: string, path: string, rule: string, check: RuleCheck): boolean {
  const limit = cloudWatchLogsLimits.maxNameLength;
  if (name.length >= 1 && name.length <= limit) return true;
  const constraint = `Member must have length ${missedBound(name.length, limit)}`;
  const sizes = { limit, actual: name.length };
  refuseConstraint(check, rule, path, name, constraint, sizes);
  return false;
}
