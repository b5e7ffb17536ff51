import { isMap } from '../is-map.ts';
import type { ValueMap } from './decoded-log-record.ts';

export function mapOf(value: unknown): ValueMap {
  return isMap(value) ? value : {};
}

export function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

export function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

/**
 * A whole number, also where MessagePack or a form made a big integer or a decimal text of it; undefined for all
 * else. Other values are not converted: an object of the document may have a `valueOf` that is no function.
 */
export function integerOf(value: unknown): number | undefined {
  const isDecimal = typeof value === 'string' && /^\d{1,16}$/.test(value);
  const number = isDecimal || typeof value === 'bigint' ? Number(value) : numberOf(value);
  return number !== undefined && Number.isSafeInteger(number) ? number : undefined;
}

/** The members that have a value: an absent field has no key. */
export function present<Fields extends object>(
  fields: Fields,
): {
  [Key in keyof Fields]?: Exclude<Fields[Key], undefined>;
} {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [Key in keyof Fields]?: Exclude<Fields[Key], undefined>;
  };
}
