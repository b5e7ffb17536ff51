import type { DecodedLogRecord } from '../../decode/index.ts';
import { createValueText } from '../../encode/value-text.ts';
import { valueAtPath } from './value-at-path.ts';

/** One `key=value` that a record must have. */
export interface AttributeRule {
  readonly isOfResource: boolean;
  readonly key: string;
  readonly value: string;
}

const RESOURCE_PREFIX = 'resource.';

/** Reads `tenant=acme` or `resource.service.name=shop`; undefined for text without a key and `=`. */
export function parseAttributeRule(text: string): AttributeRule | undefined {
  const equals = text.indexOf('=');
  const name = text.slice(0, Math.max(0, equals));
  const isOfResource = name.startsWith(RESOURCE_PREFIX);
  const key = isOfResource ? name.slice(RESOURCE_PREFIX.length) : name;
  return key === '' ? undefined : { isOfResource, key, value: text.slice(equals + 1) };
}

/** True for a record whose value is this text, or has it as its JSON text, with quotes or without. */
export function createAttributeTest(rule: AttributeRule): (record: DecodedLogRecord) => boolean {
  const valueText = createValueText();
  return (record) => {
    const map = rule.isOfResource ? record.resource.attributes : record.attributes;
    const value = valueAtPath(map, rule.key);
    if (value === undefined) return false;
    if (typeof value === 'string') return value === rule.value;
    const json = valueText(value);
    return json === rule.value || json === JSON.stringify(rule.value);
  };
}
