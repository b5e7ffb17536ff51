import type { DecodedLogRecord } from '../../decode/index.ts';

/** The six ranges of severity numbers: 1 to 4 is trace, 5 to 8 debug, and so on. */
const RANGES = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;

export type SeverityRange = (typeof RANGES)[number];

const RANGE_SIZE = 4;
const MAX_SEVERITY = 24;

/** Other words that loggers have for a range. */
const SYNONYMS: Readonly<Record<string, SeverityRange>> = {
  information: 'info',
  notice: 'info',
  warning: 'warn',
  err: 'error',
  critical: 'fatal',
  alert: 'fatal',
  emergency: 'fatal',
};

/**
 * The severity number of a record; told none, that of its severity text; undefined when it says neither.
 *
 * https://opentelemetry.io/docs/specs/otel/logs/data-model/#field-severitynumber
 */
export function severityOf(record: DecodedLogRecord): number | undefined {
  const { severityNumber, severityText } = record;
  if (isSeverity(severityNumber)) return severityNumber;
  return severityText === undefined ? undefined : parseSeverity(severityText);
}

/** The number for `warn`, `warn2`, `warning` or `14`; undefined for what is none. */
export function parseSeverity(text: string): number | undefined {
  const [, word = '', digits = ''] = /^([a-z]*)(\d*)$/.exec(text.trim().toLowerCase()) ?? [];
  if (word === '') return isSeverity(Number(digits)) ? Number(digits) : undefined;
  const range = RANGES.findIndex((name) => name === (SYNONYMS[word] ?? word));
  const step = digits === '' ? 1 : Number(digits);
  if (range === -1 || step < 1 || step > RANGE_SIZE) return undefined;
  return range * RANGE_SIZE + step;
}

export function severityRange(severity: number): SeverityRange {
  return RANGES[Math.ceil(severity / RANGE_SIZE) - 1] ?? 'fatal';
}

function isSeverity(value: unknown): value is number {
  return typeof value === 'number' && value >= 1 && value <= MAX_SEVERITY;
}
