import type { Entity, PutLogEventsCommandOutput } from '@aws-sdk/client-cloudwatch-logs';
import type { PackedEntry } from '../../pack/packed-entry.ts';
import { JsonBody } from '../aws/json-body.ts';
import { OWN_BODY_STEP, ownBody } from '../aws/own-body.ts';
import type { CloudWatchLogsCall } from './log-target-creator.ts';

export interface LogTargetNames {
  readonly logGroupName: string;
  readonly logStreamName: string;
}

/** One call. The entries are in the order of their times, as the service wants them. */
export function putLogEvents(
  { client, sdk, signal }: CloudWatchLogsCall,
  names: LogTargetNames,
  entries: readonly PackedEntry[],
  entity: Entity | undefined,
): Promise<PutLogEventsCommandOutput> {
  const command = new sdk.PutLogEventsCommand({ ...names, logEvents: [] });
  command.middlewareStack.add(ownBody(logEventsBody(names, entries, entity)), OWN_BODY_STEP);
  return client.send(command, { abortSignal: signal });
}

function logEventsBody(
  names: LogTargetNames,
  entries: readonly PackedEntry[],
  entity: Entity | undefined,
): Uint8Array {
  const messageBytes = entries.reduce((sum, entry) => sum + entry.bytes.length * 1.25 + 64, 0);
  const body = new JsonBody(Math.ceil(messageBytes) + 2048);
  body.syntax('{"logGroupName":').value(names.logGroupName);
  body.syntax(',"logStreamName":').value(names.logStreamName).syntax(',"logEvents":[');
  entries.forEach((entry, index) => {
    body.syntax(`${index === 0 ? '' : ','}{"timestamp":${sentTimeMillis(entry)},"message":`);
    body.text(entry.bytes).syntax('}');
  });
  body.syntax(']');
  if (entity !== undefined) body.syntax(',"entity":').value(entity);
  return body.syntax('}').bytes();
}

/** The time under which an entry is sent. */
export function sentTimeMillis(entry: PackedEntry): number {
  return entry.restampedMillis ?? entry.timeMillis;
}
