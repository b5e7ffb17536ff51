import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { compileDatePattern } from './date-pattern.ts';

/** What a placeholder without a value becomes. */
const MISSING = 'unknown';

export interface Placeholder {
  /** False when its value is the same for all records of a resource. */
  readonly variesByRecord: boolean;
  read(record: ReadableLogRecord): string | undefined;
}

/**
 * `{attributes.tenant}`, `{scope.name}`, `{severity}`, `{date}` and `{date:%Y-%m-%d-%H}` come from the record;
 * `{start:%Y-%m-%d-%H-%M-%S}` is the time at which the process started; any other name is a resource
 * attribute. Times are UTC.
 * @throws InvalidOptionError for a date pattern that is wrong.
 */
export function parsePlaceholder(name: string): Placeholder {
  if (name.startsWith('attributes.')) {
    const key = name.slice('attributes.'.length);
    return byRecord((record) => textOf(ownValue(record.attributes, key)));
  }
  if (name === 'scope.name') return byRecord((record) => record.instrumentationScope.name);
  if (name === 'severity') return byRecord(severityOf);
  if (name === 'date') return dateOfRecord('%Y-%m-%d');
  if (name.startsWith('date:')) return dateOfRecord(name.slice('date:'.length));
  if (name.startsWith('start:')) return dateOfStart(name.slice('start:'.length));
  return {
    variesByRecord: false,
    read: (record) => textOf(ownValue(record.resource.attributes, name)),
  };
}

/** The placeholder's value as text; never throws, whatever the record is made of. */
export function readPlaceholder(placeholder: Placeholder, record: ReadableLogRecord): string {
  try {
    const text = placeholder.read(record);
    return text === undefined || text === '' ? MISSING : text;
  } catch {
    return MISSING;
  }
}

/** A text, number or boolean as text; of a list the first. */
export function textOf(value: unknown): string | undefined {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  if (typeof first === 'string') return first;
  if (typeof first === 'number' || typeof first === 'boolean' || typeof first === 'bigint') {
    return String(first);
  }
  return undefined;
}

function byRecord(read: Placeholder['read']): Placeholder {
  return { variesByRecord: true, read };
}

function ownValue(attributes: object, key: string): unknown {
  return Object.hasOwn(attributes, key) ? Reflect.get(attributes, key) : undefined;
}

const SEVERITIES = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'];

/** By number, four numbers a name (OTel logs data model, "Field: SeverityNumber"); else the text. */
function severityOf(record: ReadableLogRecord): string | undefined {
  const byNumber = SEVERITIES[Math.floor(((record.severityNumber ?? 0) - 1) / 4)];
  return byNumber ?? record.severityText?.toLowerCase();
}

function dateOfRecord(pattern: string): Placeholder {
  const write = compileDatePattern(pattern);
  return byRecord((record) => write(record.hrTime[0] * 1000));
}

function dateOfStart(pattern: string): Placeholder {
  const text = compileDatePattern(pattern)(performance.timeOrigin);
  return { variesByRecord: false, read: () => text };
}
