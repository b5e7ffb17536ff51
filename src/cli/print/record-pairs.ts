import type { DecodedLogRecord } from '../../decode/index.ts';

const SHORT_ID_DIGITS = 8;

/** What is shown of a record as `key=value` behind its body. */
export function recordPairs(record: DecodedLogRecord): [string, unknown][] {
  const { attributes, droppedAttributesCount, eventName, part, spanContext, truncated } = record;
  const pairs: [string, unknown][] = [];
  if (eventName !== undefined) pairs.push(['event', eventName]);
  pairs.push(...Object.entries(attributes), ...Object.entries(record.staticFields ?? {}));
  if (droppedAttributesCount > 0) pairs.push(['dropped_attributes', droppedAttributesCount]);
  if (truncated !== undefined) pairs.push(['cut', truncated.fields.join(',')]);
  if (part !== undefined) pairs.push(['part', `${part.index + 1}/${part.count}`]);
  if (spanContext !== undefined) {
    pairs.push(['trace', spanContext.traceId.slice(0, SHORT_ID_DIGITS)]);
  }
  return pairs;
}
