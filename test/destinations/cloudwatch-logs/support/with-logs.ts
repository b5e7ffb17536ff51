import type { Fault } from 'collectorless/testing';
import { type AwsRun, type RunOptions, withAws } from '../../aws/support/aws-run.ts';

export const GROUP = '/otel/local-service';
/** All calls, in their order. */
export const operations = ({ services }: AwsRun): string[] =>
  services.requests.map(({ operation }) => operation);

/** With these groups and streams there at the start; none by default. */
export function withLogs(
  options: RunOptions,
  body: (run: AwsRun) => Promise<void>,
  groups: Record<string, readonly string[]> = {},
): Promise<void> {
  return withAws('cloudwatch-logs', options, body, { cloudWatchLogs: { groups } });
}

export const refused = (operation: string, name: string, times = 1): Fault => ({
  kind: 'error',
  operation,
  name,
  message: 'User is not authorized',
  times,
});
