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
/** Fields of Python and the attributes they stand for (OTel semantic conventions), with older names. */
const ATTRIBUTE_FIELDS: readonly (readonly [field: string, ...names: string[]])[] = [
  ['exc_text', 'exception.stacktrace'],
  ['pathname', 'code.file.path', 'code.filepath'],
  ['lineno', 'code.line.number', 'code.lineno'],
  ['funcName', 'code.function.name', 'code.function'],
];
/** What stands there when nothing is known. */
const UNKNOWN: ReadonlySet<unknown> = new Set([undefined, null, '', 0, 'MainProcess']);
const CONTEXT_FIELDS: ReadonlySet<string> = new Set(['trace_id', 'span_id', 'trace_flags']);

/** True for a document with the fields of Python's `LogRecord`. */
export function isDistlog(document: ValueMap): boolean {
  return 'levelno' in document && 'msg' in document && 'created' in document;
}

/** The record of a distlog document: times to the microsecond, of the resource what Python has a field for. */
export function readDistlog(document: ValueMap): DecodedLogRecord {
  const context = mapOf(document['context']);
  const hrTime = readUnixSeconds(document['created']) ?? [0, 0];
  const { processName } = document;
  const resource = present({
    'service.name': UNKNOWN.has(processName) ? undefined : textOf(processName),
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
      body: bodyOf(document),
      spanContext: contextOf(context),
    }),
    attributes: attributesOf(document, context),
    resource: { attributes: resource },
    instrumentationScope: { name: textOf(document['name']) ?? '' },
    ...readNote(document),
  };
}

/**
 * distlog empties `args` and leaves `msg` as the template, so the text is in `message`, with its line breaks
 * as backslash and n. Where `msg` is the same text it says surely which they were.
 */
function bodyOf(document: ValueMap): string | undefined {
  const msg = textOf(document['msg']);
  const message = textOf(document['message']);
  if (message === undefined || msg?.replaceAll('\n', '\\n') === message) return msg;
  return message.replaceAll('\\n', '\n');
}

function attributesOf(document: ValueMap, context: ValueMap): ValueMap {
  const attributes: ValueMap = Object.fromEntries(
    Object.entries(context).filter(([key]) => !CONTEXT_FIELDS.has(key)),
  );
  for (const [field, ...names] of ATTRIBUTE_FIELDS) {
    const value = document[field];
    const [name] = names;
    if (
      name === undefined ||
      UNKNOWN.has(value) ||
      names.some((key) => Object.hasOwn(context, key))
    )
      continue;
    if (typeof value === 'string' || typeof value === 'number') attributes[name] = value;
  }
  return attributes;
}
