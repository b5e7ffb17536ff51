import { type DecodedLogRecord, emptyRecord, type ValueMap } from './decoded-log-record.ts';
import { mapOf, numberOf, present, textOf } from './read-fields.ts';
import { contextOf } from './read-flat-document.ts';
import { readNote } from './read-note.ts';
import { readUnixSeconds } from './read-time.ts';

/** Python's levels to the first severity number of their range. */
const SEVERITIES: ReadonlyMap<unknown, number> = new Map([
  [10, 5],
  [20, 9],
  [30, 13],
  [40, 17],
  [50, 21],
]);
const CONTEXT_FIELDS: ReadonlySet<string> = new Set(['trace_id', 'span_id', 'trace_flags']);

/** True for a document with the fields of Python's `LogRecord`. */
export function isDistlog(document: ValueMap): boolean {
  return 'levelno' in document && 'msg' in document && 'created' in document;
}

/** The record of a distlog document: times to the microsecond, of the resource what Python has a field for. */
export function readDistlog(document: ValueMap): DecodedLogRecord {
  const context = mapOf(document['context']);
  const hrTime = readUnixSeconds(document['created']) ?? [0, 0];
  const resource = present({
    'host.name': textOf(document['hostname']),
    'process.pid': numberOf(document['process']),
  });
  return {
    ...emptyRecord(),
    hrTime,
    hrTimeObserved: [hrTime[0], hrTime[1]],
    ...present({
      severityNumber: SEVERITIES.get(document['levelno']),
      severityText: textOf(document['levelname']),
      body: textOf(document['msg']) ?? textOf(document['message']),
      spanContext: contextOf(context),
    }),
    attributes: Object.fromEntries(
      Object.entries(context).filter(([key]) => !CONTEXT_FIELDS.has(key)),
    ),
    resource: { attributes: resource },
    instrumentationScope: { name: textOf(document['name']) ?? '' },
    ...readNote(document),
  };
}
