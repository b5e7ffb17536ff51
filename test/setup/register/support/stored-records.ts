import type { LocalServices } from 'collectorless/testing';

/** What the tests look at in a stored record. */
export interface StoredRecord {
  readonly severity_text?: string;
  readonly body?: unknown;
  readonly trace_id?: string;
  readonly span_id?: string;
  readonly attributes?: Readonly<Record<string, unknown>>;
  readonly resource?: Readonly<Record<string, unknown>>;
  readonly scope?: { readonly name: string };
}

/** The records of a log group, so that several applications can share the services. */
export function recordsOf(services: LocalServices, logGroupName: string): StoredRecord[] {
  return services.cloudWatchLogs.events
    .filter((event) => event.logGroupName === logGroupName)
    .map(({ message }) => JSON.parse(message));
}

/** The environment that sends an application's logs to this group. */
export function toGroup(logGroupName: string): Record<string, string> {
  return { OTEL_EXPORTER_CLOUDWATCH_LOGS_LOG_GROUP_NAME: logGroupName };
}

/** The lines of JSON that an application wrote. */
export function jsonLines(output: string): Record<string, unknown>[] {
  return output
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line));
}
