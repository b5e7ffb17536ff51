import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import type { LogRecordExporterOptions } from '../../exporter/exporter-options.ts';
import type { TargetName } from '../../route/target-name.ts';
import type { PerformanceTest } from './performance-option.ts';
import { TOPIC_NAME } from './zeromq-limits.ts';

/**
 * The topic as `distlog` has it, three letters: system (`T` test, `S` staging, `P` production), kind (`L` log,
 * `P` performance) and encoding (`J` JSON, `M` MessagePack).
 *
 * @param isPerformance Undefined when every record is a log.
 */
export function defaultTopic(
  encodingLetter: string,
  isPerformance: PerformanceTest | undefined,
): TargetName {
  const render = (record: ReadableLogRecord): string => {
    const system = safely(() => systemLetter(record), 'P');
    const kind = safely(() => (isPerformance?.(record) === true ? 'P' : 'L'), 'L');
    return `${system}${kind}${encodingLetter}`;
  };
  return {
    rule: TOPIC_NAME,
    variesBy: isPerformance === undefined ? 'resource' : 'record',
    render,
    // A topic that receivers know: that of most records.
    renderOverflow: () => `PL${encodingLetter}`,
  };
}

/** `T` and `B` stand for the text and bytes that are neither JSON nor MessagePack. */
export function encodingLetterOf(encoding: LogRecordExporterOptions['encoding']): string {
  if (typeof encoding !== 'object' || encoding === null) {
    if (encoding === 'msgpack') return 'M';
    return encoding === 'body' ? 'T' : 'J';
  }
  const contentType = String(encoding.contentType).toLowerCase();
  if (/json/u.test(contentType)) return 'J';
  if (/msgpack|messagepack/u.test(contentType)) return 'M';
  return encoding.isText ? 'T' : 'B';
}

/** https://opentelemetry.io/docs/specs/semconv/resource/deployment-environment/ and its older name. */
function systemLetter(record: ReadableLogRecord): string {
  const { attributes } = record.resource;
  const environment =
    attributes['deployment.environment.name'] ?? attributes['deployment.environment'];
  if (typeof environment !== 'string') return 'P';
  if (/^test/iu.test(environment)) return 'T';
  return /^(?:staging|stage|stg)/iu.test(environment) ? 'S' : 'P';
}

/** A record that cannot be read is sent all the same. */
function safely(read: () => string, otherwise: string): string {
  try {
    return read();
  } catch {
    return otherwise;
  }
}
