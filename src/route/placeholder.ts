import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';

/** What a placeholder without a value becomes. */
const MISSING = 'unknown';

export interface Placeholder {
  /** False when its value is the same for all records of a resource. */
  readonly variesByRecord: boolean;
  read(record: ReadableLogRecord): string | undefined;
}

/**
 * `{attributes.tenant}`, `{scope.name}`, `{severity}` and `{date}` come from the record, any other name is
 * a resource attribute.
 */
export function parsePlaceholder(name: string): Placeholder {
  if (name.startsWith('attributes.')) {
    const key = name.slice('attributes.'.length);
    return byRecord((record) => textOf(ownValue(record.attributes, key)));
  }
  if (name === 'scope.name') return byRecord((record) => record.instrumentationScope.name);
  if (name === 'severity') return byRecord(severityOf);
  if (name === 'date') return byRecord(dateOf);
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

function dateOf(record: ReadableLogRecord): string | undefined {
  const date = new Date(record.hrTime[0] * 1000);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString().split('T', 1)[0];
}
