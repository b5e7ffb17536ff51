import type { Attributes } from '@opentelemetry/api';
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { encodingContentOf } from '../../exporter/encoding-content.ts';
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
  const isMeasured = isPerformance ?? (() => false);
  const topics = {
    T: topicsOf('T', encodingLetter),
    S: topicsOf('S', encodingLetter),
    P: topicsOf('P', encodingLetter),
  };
  let lastAttributes: unknown;
  let ofSystem = topics.P;
  const render = (record: ReadableLogRecord): string => {
    const attributes = resourceAttributesOf(record);
    // Most records have the resource of the one before.
    if (attributes !== lastAttributes) {
      lastAttributes = attributes;
      ofSystem = topics[systemLetter(attributes)];
    }
    return isSafely(isMeasured, record) ? ofSystem.performance : ofSystem.log;
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
  const { contentType, isText } = encodingContentOf(encoding);
  if (/json/iu.test(contentType)) return 'J';
  if (/msgpack|messagepack/iu.test(contentType)) return 'M';
  return isText ? 'T' : 'B';
}

/** Texts that are there already: one is made for each record otherwise, and compared by its characters. */
function topicsOf(
  systemLetter: string,
  encodingLetter: string,
): { readonly log: string; readonly performance: string } {
  return {
    log: `${systemLetter}L${encodingLetter}`,
    performance: `${systemLetter}P${encodingLetter}`,
  };
}

/** https://opentelemetry.io/docs/specs/semconv/resource/deployment-environment/ and its older name. */
function systemLetter(attributes: Attributes | undefined): 'T' | 'S' | 'P' {
  const environment = environmentOf(attributes);
  if (typeof environment !== 'string') return 'P';
  if (/^test/iu.test(environment)) return 'T';
  return /^(?:staging|stage|stg)/iu.test(environment) ? 'S' : 'P';
}

// A record that cannot be read is sent all the same.

function resourceAttributesOf(record: ReadableLogRecord): Attributes | undefined {
  try {
    return record.resource.attributes;
  } catch {
    return undefined;
  }
}

function environmentOf(attributes: Attributes | undefined): unknown {
  try {
    return attributes?.['deployment.environment.name'] ?? attributes?.['deployment.environment'];
  } catch {
    return undefined;
  }
}

function isSafely(test: PerformanceTest, record: ReadableLogRecord): boolean {
  try {
    return test(record);
  } catch {
    return false;
  }
}
