import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { distlogTime } from './distlog-time.ts';
import { ownKeys, readProperty, setOwnProperty } from './own-property.ts';
import { flagsText, isValidContext } from './trace-context.ts';

/** The names that a Python `LogRecord` has, and what distlog and this package add. */
export const DISTLOG_FIELDS: readonly string[] = [
  'name',
  'msg',
  'args',
  'levelname',
  'levelno',
  'pathname',
  'filename',
  'module',
  'exc_info',
  'exc_text',
  'stack_info',
  'lineno',
  'funcName',
  'created',
  'msecs',
  'relativeCreated',
  'thread',
  'threadName',
  'processName',
  'process',
  'message',
  'asctime',
  'hostname',
  'context',
  'truncated',
  'part',
  'sequence',
];

/** The document of one record, keys in the order of Python's; `text` makes text of a value. */
export function distlogFields(
  record: ReadableLogRecord,
  text: (value: unknown) => string,
): Record<string, unknown> {
  const attribute = (...keys: string[]): unknown => firstOf(record.attributes, keys);
  const resource = (...keys: string[]): unknown =>
    firstOf(readProperty(record.resource, 'attributes'), keys);
  const body: unknown = record.body;
  const message = typeof body === 'string' ? body : body == null ? '' : text(body);
  const path = textOr(attribute('code.file.path', 'code.filepath'), '');
  const file = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  const time = distlogTime(record.hrTime);
  return {
    name: textOr(readProperty(record.instrumentationScope, 'name'), 'root'),
    msg: message,
    args: null,
    ...levelOf(record.severityNumber),
    pathname: path,
    filename: file,
    module: file.replace(/\.[^.]*$/, ''),
    exc_info: null,
    exc_text: textOr(attribute('exception.stacktrace'), null),
    stack_info: null,
    lineno: numberOr(attribute('code.line.number', 'code.lineno'), 0),
    funcName: textOr(attribute('code.function.name', 'code.function'), null),
    created: time.created,
    msecs: time.msecs,
    // Python counts from the import of its logging module; there is no such moment here.
    relativeCreated: 0,
    thread: numberOr(attribute('thread.id'), null),
    threadName: textOr(attribute('thread.name'), 'MainThread'),
    processName: textOr(resource('service.name', 'process.executable.name'), 'MainProcess'),
    process: numberOr(resource('process.pid'), null),
    message: message.replaceAll('\n', '\\n'),
    asctime: time.asctime,
    hostname: textOr(resource('host.name'), null),
    context: contextOf(record),
  };
}

/** How often the document has a value of the record: beside `context` some have a field of their own. */
export function distlogCopies(path: string): number {
  if (path === 'attributes.exception.stacktrace' || path === 'attributes.thread.name') return 2;
  if (path === 'attributes.code.function.name' || path === 'attributes.code.function') return 2;
  if (path === 'scope.name' || path.startsWith('attributes.')) return 1;
  return /^resource\.(?:service\.name|process\.executable\.name|host\.name)$/u.test(path) ? 1 : 0;
}

/** Severity number ranges (OTel log data model) to the levels of Python's logging. */
function levelOf(severityNumber: unknown): { levelname: string; levelno: number } {
  const severity = numberOr(severityNumber, 0) ?? 0;
  if (severity >= 21) return { levelname: 'CRITICAL', levelno: 50 };
  if (severity >= 17) return { levelname: 'ERROR', levelno: 40 };
  if (severity >= 13) return { levelname: 'WARNING', levelno: 30 };
  if (severity >= 9) return { levelname: 'INFO', levelno: 20 };
  if (severity >= 1) return { levelname: 'DEBUG', levelno: 10 };
  return { levelname: 'NOTSET', levelno: 0 };
}

function contextOf(record: ReadableLogRecord): Record<string, unknown> {
  const context: Record<string, unknown> = {};
  const keys = ownKeys(record.attributes);
  for (const key of typeof keys === 'string' ? [] : keys) {
    setOwnProperty(context, key, readProperty(record.attributes, key));
  }
  if (isValidContext(record.spanContext)) {
    context['trace_id'] = record.spanContext.traceId.toLowerCase();
    context['span_id'] = record.spanContext.spanId.toLowerCase();
    context['trace_flags'] = flagsText(record.spanContext.traceFlags);
  }
  return context;
}

function firstOf(source: unknown, keys: readonly string[]): unknown {
  if (typeof source !== 'object' || source === null) return undefined;
  for (const key of keys) {
    const value = readProperty(source, key);
    if (value !== undefined) return value;
  }
  return undefined;
}

function textOr<Other>(value: unknown, other: Other): string | Other {
  return typeof value === 'string' ? value : other;
}

function numberOr<Other>(value: unknown, other: Other): number | Other {
  return typeof value === 'number' && Number.isFinite(value) ? value : other;
}
