import { hostname } from 'node:os';
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { escapeName, escapeValue, type NameRule } from '../../route/name-rule.ts';
import { textOf } from '../../route/placeholder.ts';
import type { TargetName } from '../../route/target-name.ts';
import { LOG_GROUP_NAME, LOG_STREAM_NAME } from './cloudwatch-logs-limits.ts';

/** `aws.log.group.names` as resource detectors set it, else `/otel/{service.name}`. */
export const DEFAULT_LOG_GROUP_NAME: TargetName = byResource(LOG_GROUP_NAME, (attribute) => {
  const detected = firstOfList(attribute('aws.log.group.names'));
  return detected ?? `/otel/${escapeValue(attribute('service.name') ?? 'unknown', LOG_GROUP_NAME)}`;
});

/** `aws.log.stream.names`, else the instance's id, else host and process. */
export const DEFAULT_LOG_STREAM_NAME: TargetName = byResource(LOG_STREAM_NAME, (attribute) => {
  const detected = firstOfList(attribute('aws.log.stream.names'));
  if (detected !== undefined) return detected;
  const instanceId = attribute('service.instance.id');
  if (instanceId !== undefined) return escapeValue(instanceId, LOG_STREAM_NAME);
  const host = attribute('host.name') ?? hostname();
  const pid = attribute('process.pid') ?? String(process.pid);
  return [host, pid].map((part) => escapeValue(part, LOG_STREAM_NAME)).join('/');
});

type ReadAttribute = (name: string) => string | undefined;

function byResource(rule: NameRule, choose: (attribute: ReadAttribute) => string): TargetName {
  const render = (record: ReadableLogRecord): string => {
    const { attributes } = record.resource;
    const read: ReadAttribute = (name) => textOf(attributes[name]) || undefined;
    return escapeName(choose(read), rule);
  };
  return { rule, variesBy: 'resource', render, renderOverflow: render };
}

/** Some agents join the list to one text with `&`. */
function firstOfList(text: string | undefined): string | undefined {
  return text?.split('&', 1)[0] || undefined;
}
