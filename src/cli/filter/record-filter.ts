import type { DecodedLogRecord } from '../../decode/index.ts';
import { severityOf } from '../print/severity.ts';
import { type AttributeRule, createAttributeTest } from './attribute-rule.ts';

export interface RecordFilterOptions {
  /** Severity number, 1 to 24. Records without a severity are left out. */
  readonly minSeverity?: number | undefined;
  /** All of them must hold. */
  readonly attributes?: readonly AttributeRule[] | undefined;
  /** Stands in the lines of the record as they are printed without colours. */
  readonly text?: string | undefined;
  readonly toText: (record: DecodedLogRecord) => string;
}

/** Tells which records are shown. */
export function createRecordFilter(
  options: RecordFilterOptions,
): (record: DecodedLogRecord) => boolean {
  const { attributes = [], minSeverity, text, toText } = options;
  const hasAttribute = attributes.map(createAttributeTest);
  return (record) => {
    if (minSeverity !== undefined && (severityOf(record) ?? 0) < minSeverity) return false;
    if (!hasAttribute.every((test) => test(record))) return false;
    return text === undefined || toText(record).includes(text);
  };
}
