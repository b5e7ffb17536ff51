import type { HrTime, SpanContext } from '@opentelemetry/api';
import type { RecordPart, RecordSequence } from '../encode/log-record-encoder.ts';

/** Names and values, in their order. */
export type ValueMap = Record<string, unknown>;

/**
 * A record as it was before it was encoded: the fields of `ReadableLogRecord`, and what the encoder added.
 *
 * What an encoding has no word for comes back in the form it was written in: in the JSON encodings bytes are
 * base64 text, `NaN` and big integers are strings.
 */
export interface DecodedLogRecord {
  /** Seconds and nanoseconds; `[0, 0]` when the record says none. */
  hrTime: HrTime;
  /** The same as `hrTime` unless the record says otherwise. */
  hrTimeObserved: HrTime;
  severityNumber?: number;
  severityText?: string;
  eventName?: string;
  body?: unknown;
  spanContext?: SpanContext;
  attributes: ValueMap;
  resource: { attributes: ValueMap; schemaUrl?: string };
  instrumentationScope: {
    name: string;
    version?: string;
    schemaUrl?: string;
    attributes?: ValueMap;
  };
  droppedAttributesCount: number;
  /** Fields that were cut to make the record fit, and its size before. */
  truncated?: { fields: string[]; originalBytes: number };
  /** Set on a part whose siblings did not come; joined parts are one record without it. */
  part?: RecordPart;
  /** Its number among the records of one sender. */
  sequence?: RecordSequence;
  /** Fields beside those of a record: what the option `staticFields` added. */
  staticFields?: ValueMap;
}

/** A record with nothing in it. */
export function emptyRecord(): DecodedLogRecord {
  return {
    hrTime: [0, 0],
    hrTimeObserved: [0, 0],
    attributes: {},
    resource: { attributes: {} },
    instrumentationScope: { name: '' },
    droppedAttributesCount: 0,
  };
}
