import { missedBound } from '../aws/missed-bound.ts';
import type { RuleCheck } from '../aws/rule-check.ts';
import { checkGroupName } from './check-log-names.ts';
import { cloudWatchLogsLimits as limits } from './cloudwatch-logs-limits.ts';
import { refuseConstraint, refuseParameter } from './invalid-parameter.ts';

/** Which events a search asks for. */
export interface EventFilter {
  readonly logGroupName?: string | undefined;
  readonly logGroupIdentifier?: string | undefined;
  readonly logStreamNames?: readonly string[] | undefined;
  readonly logStreamNamePrefix?: string | undefined;
  readonly startTime?: number | undefined;
  readonly endTime?: number | undefined;
  readonly limit?: number | undefined;
}

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html (2026-11) */
export function checkFilter(filter: EventFilter, check: RuleCheck): void {
  const { logGroupIdentifier, logGroupName, logStreamNamePrefix, logStreamNames } = filter;
  if ((logGroupName === undefined) === (logGroupIdentifier === undefined)) {
    const message = 'Exactly one of logGroupName and logGroupIdentifier must be given.';
    refuseParameter(check, 'filter-group', message, 'logGroupName');
  }
  if (logGroupName !== undefined) checkGroupName(logGroupName, check);
  if (logStreamNames !== undefined && logStreamNamePrefix !== undefined) {
    const message = 'LogStreamNamePrefix and LogStreamNames must not be given together.';
    refuseParameter(check, 'filter-streams', message, 'logStreamNamePrefix');
  }
  checkRange('logStreamNames', logStreamNames?.length, limits.maxFilterStreams, check);
  checkRange('logStreamNamePrefix', logStreamNamePrefix?.length, limits.maxNameLength, check);
  checkRange('limit', filter.limit, limits.maxEvents, check);
  for (const path of ['startTime', 'endTime'] as const) {
    const time = filter[path];
    if (time === undefined || (Number.isSafeInteger(time) && time >= 0)) continue;
    const constraint = 'Member must have value greater than or equal to 0';
    refuseConstraint(check, 'filter-time', path, String(time), constraint);
  }
}

function checkRange(path: string, value: number | undefined, max: number, check: RuleCheck): void {
  if (value === undefined || (value >= 1 && value <= max)) return;
  const sizes = { limit: value < 1 ? 1 : max, actual: value };
  const constraint = `Member must have a value or length ${missedBound(value, max)}`;
  refuseConstraint(check, 'filter-range', path, String(value), constraint, sizes);
}
