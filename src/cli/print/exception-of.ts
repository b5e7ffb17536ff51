import type { ValueMap } from '../../decode/decoded-log-record.ts';

/** An exception that stands in the attributes of a record, and the attributes beside it. */
export interface RecordException {
  readonly stackTrace: string | undefined;
  readonly rest: ValueMap;
}

/** The stack trace by its name in the semantic conventions; type and message, which it repeats, go with it. */
export function exceptionOf(attributes: ValueMap): RecordException {
  const stackTrace = attributes['exception.stacktrace'];
  if (typeof stackTrace !== 'string' || stackTrace === '') {
    return { stackTrace: undefined, rest: attributes };
  }
  const isRepeated = ([name, value]: [string, unknown]): boolean =>
    name === 'exception.stacktrace' ||
    ((name === 'exception.type' || name === 'exception.message') &&
      typeof value === 'string' &&
      stackTrace.includes(value));
  const rest = Object.entries(attributes).filter((entry) => !isRepeated(entry));
  return { stackTrace, rest: Object.fromEntries(rest) };
}
