import { hostname } from 'node:os';
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { escapeName, escapeValue, type NameRule } from '../../route/name-rule.ts';
import { textOf } from '../../route/placeholder.ts';
import type { TargetName } from '../../route/target-name.ts';
import { LOG_GROUP_NAME, LOG_STREAM_NAME } from './cloudwatch-logs-limits.ts';

/** `aws.log.group.names` as resource detectors set it, else `/otel/{service.name}`. */
export const DEFAULT_LOG_GROUP_NAME: TargetName = byResource(
  LOG_GROUP_NAME,
  '/otel/overflow',
  (attribute) => {
    const detected = attribute('aws.log.group.names');
    return (
      detected ?? `/otel/${escapeValue(attribute('service.name') ?? 'unknown', LOG_GROUP_NAME)}`
    );
  },
);

/** `aws.log.stream.names`, else the instance's id, else host and process. */
export const DEFAULT_LOG_STREAM_NAME: TargetName = byResource(
  LOG_STREAM_NAME,
  'overflow',
  (attribute) => {
    const detected = attribute('aws.log.stream.names');
    if (detected !== undefined) return detected;
    const instanceId = attribute('service.instance.id');
    if (instanceId !== undefined) return escapeValue(instanceId, LOG_STREAM_NAME);
    const host = attribute('host.name') ?? hostname();
    const pid = attribute('process.pid') ?? String(process.pid);
    return [host, pid].map((part) => escapeValue(part, LOG_STREAM_NAME)).join('/');
  },
);

type ReadAttribute = (name: string) => string | undefined;

/** @param overflow The name for resources that are too many: never the one of another resource. */
function byResource(
  rule: NameRule,
  overflow: string,
  choose: (attribute: ReadAttribute) => string,
): TargetName {
  const render = (record: ReadableLogRecord): string =>
    escapeName(
      choose((name) => firstText(record, name)),
      rule,
    );
  return { rule, variesBy: 'resource', render, renderOverflow: () => overflow };
}

/** An attribute that throws when it is read is as good as none. */
function firstText(record: ReadableLogRecord, name: string): string | undefined {
  try {
    const value: unknown = record.resource.attributes[name];
    return name.startsWith('aws.log.') ? firstOfList(value) : textOf(value) || undefined;
  } catch {
    return undefined;
  }
}

/** Some agents join the list to one text with `&`. */
function firstOfList(value: unknown): string | undefined {
  const names: readonly unknown[] = typeof value === 'string' ? value.split('&') : [value].flat();
  return names.map(textOf).find((name) => name !== undefined && name !== '');
}
