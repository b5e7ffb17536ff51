import { entryPath } from '../../entry-path.ts';
import { InvalidOptionError } from '../../invalid-option-error.ts';
import type { NameRule } from '../../route/name-rule.ts';

/** RFC 9110, section 5.6.2: a token. */
const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/u;
/** RFC 9110, section 5.5, without what it calls obsolete: bytes over 127 mean something else to each server. */
const NOT_IN_VALUE = /[^\t\u0020-\u007e]/gu;
/** Long enough for any token; servers take some 8 KB for a header or for all of them. */
const MAX_VALUE_LENGTH = 8_000;

/** They belong to the connection or are worked out from the body (RFC 9110, section 7.6.1). */
const RESERVED_NAMES: ReadonlySet<string> = new Set([
  'connection',
  'content-encoding',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** What is wrong with a header's name, as the end of the sentence `Expected … to …`. */
export function headerNameProblem(name: string): string | undefined {
  if (!HEADER_NAME.test(name)) return 'be a header name (RFC 9110, section 5.1)';
  if (name.toLowerCase() === 'content-encoding') return 'be left to the option `compression`';
  return RESERVED_NAMES.has(name.toLowerCase()) ? 'be left to the HTTP client' : undefined;
}

/** What is wrong with a header's value; never tells the value, which may be a secret. */
export function headerValueProblem(value: unknown): string | undefined {
  if (typeof value !== 'string') return 'be a text';
  if (value.match(NOT_IN_VALUE) !== null) {
    return 'have only printable ASCII characters and tabs: no line breaks';
  }
  return value.length > MAX_VALUE_LENGTH
    ? `be at most ${MAX_VALUE_LENGTH} characters long`
    : undefined;
}

/** For templates: what separates the parts of a header's value is not taken from a record. */
export function headerValueRule(option: string, alsoForbidden = ''): NameRule {
  return {
    option,
    forbidden: NOT_IN_VALUE,
    forbiddenInValue: new RegExp(`[^\\u0020-\\u007e]|[,;="\\\\${alsoForbidden}]`, 'gu'),
    maxLength: MAX_VALUE_LENGTH,
    shown: () => '',
  };
}

/** @throws InvalidOptionError */
export function checkHeaderName(name: string): void {
  const problem = headerNameProblem(name);
  if (problem === undefined) return;
  const got = JSON.stringify(name.slice(0, 100));
  const path = entryPath('headers', name);
  throw new InvalidOptionError(`Expected the name of \`${path}\` to ${problem}, got ${got}`);
}

/** @throws InvalidOptionError that names the option, not its value. */
export function checkHeaderOption(option: string, value: unknown): void {
  if (typeof value === 'function') return;
  const problem = value === '' ? 'be a non-empty text or a function' : headerValueProblem(value);
  if (problem === undefined) return;
  const got = typeof value === 'string' ? 'a value that is not shown' : `\`${typeof value}\``;
  throw new InvalidOptionError(`Expected \`${option}\` to ${problem}, got ${got}`);
}
