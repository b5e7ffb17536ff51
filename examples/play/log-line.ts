/** What the page shows of a stored log record: all of it plain text. */
export interface LogLine {
  /** As in the record, RFC 3339; empty when it has none. */
  readonly time: string;
  readonly severity: string;
  readonly text: string;
  /** Its attributes, `key=value`. */
  readonly details: string;
  readonly traceId: string;
  /** The app numbers its lines; undefined for records of others. */
  readonly line: number | undefined;
}

const MAX_TEXT = 300;

/** The records of a stored text; a line that is no JSON object is shown as it is. */
export function readLogLines(text: string): LogLine[] {
  return text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [readLogLine(line)]));
}

function readLogLine(text: string): LogLine {
  const record = parseObject(text);
  if (record === undefined) {
    return { time: '', severity: '', text: cut(text), details: '', traceId: '', line: undefined };
  }
  const attributes = isObject(record['attributes']) ? record['attributes'] : {};
  const { line, ...others } = attributes;
  const named = textOf(record['event_name'] ?? '');
  return {
    time: cut(textOf(record['timestamp'] ?? '')),
    severity: cut(textOf(record['severity_text'] ?? '')).toLowerCase(),
    text: cut([named, textOf(record['body'] ?? '')].filter((part) => part !== '').join(': ')),
    details: cut(
      Object.entries(others)
        .map(([key, value]) => `${key}=${firstLine(textOf(value))}`)
        .join(' '),
    ),
    traceId: cut(textOf(record['trace_id'] ?? '')),
    line: typeof line === 'number' ? line : undefined,
  };
}

function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}

function cut(text: string): string {
  return text.length <= MAX_TEXT ? text : `${text.slice(0, MAX_TEXT)}…`;
}
