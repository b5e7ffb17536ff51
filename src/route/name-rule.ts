/** What a service allows in a name, and how a value from a record is made to fit. */
export interface NameRule {
  /** The option's name, for errors. */
  readonly option: string;
  /** Matches every character that a name must not have; global and unicode. */
  readonly forbidden: RegExp;
  /**
   * Matches every character that a placeholder's value must not have: beside the forbidden ones those
   * that separate parts of a name, so that a value never leaves the fixed text around it.
   */
  readonly forbiddenInValue: RegExp;
  /** Characters in a name. */
  readonly maxLength: number;
  /** Answers what else is wrong with a name, as the end of the sentence `Expected … to …`. */
  readonly problemOf?: (name: string) => string | undefined;
  /** Makes a placeholder's value fit in another way than replacing characters: percent-encoding. */
  readonly escapeValue?: (value: string) => string;
  /** The name as reports show it, where it may hold secrets; `''` leaves it out. Default as it is. */
  readonly shown?: (name: string) => string;
}

const REPLACEMENT = '_';

export function escapeValue(value: string, rule: NameRule): string {
  const wellFormed = value.toWellFormed();
  return rule.escapeValue?.(wellFormed) ?? wellFormed.replace(rule.forbiddenInValue, REPLACEMENT);
}

/** Makes any text a name the service takes. Two long names that differ stay different. */
export function escapeName(name: string, rule: NameRule): string {
  const escaped = name.toWellFormed().replace(rule.forbidden, REPLACEMENT);
  const short =
    escaped.length <= rule.maxLength
      ? escaped
      : `${withoutHalf(escaped.slice(0, rule.maxLength - 9))}-${hashOf(escaped)}`;
  return rule.problemOf?.(short) === undefined
    ? short
    : `${REPLACEMENT}${short}`.slice(0, rule.maxLength);
}

/** A cut can go through a surrogate pair. */
function withoutHalf(text: string): string {
  return text.isWellFormed() ? text : text.slice(0, -1);
}

/** FNV-1a, 32 bits: tells names apart, protects nothing. */
function hashOf(text: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return (hash >>> 0).toString(16).padStart(8, '0');
}
