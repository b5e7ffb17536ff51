import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { callUserFunction } from '../call-user-function.ts';
import { InvalidOptionError } from '../invalid-option-error.ts';
import { shownOption } from '../shown-option.ts';
import { escapeName, escapeValue, type NameRule } from './name-rule.ts';
import { type Placeholder, parsePlaceholder, readPlaceholder } from './placeholder.ts';

/** A name with `{placeholders}`, or a function of the record; an empty answer is `unknown`. */
export type NameOption = string | ((record: ReadableLogRecord) => string | undefined);

/** A name option after parsing. */
export interface TargetName {
  readonly rule: NameRule;
  /**
   * Asked of a name that records do not have under these options: whether a target that was stored under others, and
   * has these names now, keeps it. Default: records have it.
   */
  readonly isKeptWith?: (names: Readonly<Record<string, string>>) => boolean;
  /** What the name can differ by: nothing, the resource, or each record. */
  readonly variesBy: 'nothing' | 'resource' | 'record';
  render(record: ReadableLogRecord): string;
  /** The one name for all records for which there is no place of their own: nothing in it is of one of them. */
  renderOverflow(record: ReadableLogRecord): string;
}

const OVERFLOW = 'overflow';
/** As much of a value as the errors of other options show. */
const MAX_SHOWN_LENGTH = 100;

/**
 * Parses a name option.
 * @throws InvalidOptionError when the fixed text is not a name that the service takes.
 */
export function compileTargetName(option: NameOption, rule: NameRule): TargetName {
  if (typeof option === 'function') return fromFunction(option, rule);
  if (typeof option !== 'string' || option === '') {
    throw new InvalidOptionError(
      `Expected \`${rule.option}\` to be a non-empty text or a function, got ${shownOption(option)}`,
    );
  }
  const pieces = parseFor(rule, option);
  checkFixedText(option, pieces, rule);
  const variesBy = variation(pieces.filter((piece) => typeof piece !== 'string'));
  const render = (record: ReadableLogRecord, replaced: boolean): string => {
    const texts = pieces.map((piece) => {
      if (typeof piece === 'string') return piece;
      return replaced ? OVERFLOW : escapeValue(readPlaceholder(piece, record), rule);
    });
    return escapeName(texts.join(''), rule);
  };
  return {
    rule,
    variesBy,
    render: (record) => render(record, false),
    renderOverflow: (record) => render(record, true),
  };
}

/** What the function throws or answers in place of a name never costs the record. */
function fromFunction(
  option: (record: ReadableLogRecord) => string | undefined,
  rule: NameRule,
): TargetName {
  return {
    rule,
    variesBy: 'record',
    render(record) {
      const name = callUserFunction(() => option(record));
      return escapeName(typeof name === 'string' && name !== '' ? name : 'unknown', rule);
    },
    renderOverflow: () => OVERFLOW,
  };
}

/** Names the option, which a placeholder does not know. */
function parseFor(rule: NameRule, template: string): (string | Placeholder)[] {
  try {
    return parseTemplate(template);
  } catch (thrown) {
    if (!(thrown instanceof InvalidOptionError)) throw thrown;
    throw new InvalidOptionError(
      `Expected \`${rule.option}\` to be a template that can be read: ${thrown.message}`,
    );
  }
}

function parseTemplate(template: string): (string | Placeholder)[] {
  return template
    .split(/(\{[^{}]*\})/u)
    .filter((piece) => piece !== '')
    .map((piece) =>
      piece.startsWith('{') && piece.endsWith('}') ? parsePlaceholder(piece.slice(1, -1)) : piece,
    );
}

function checkFixedText(
  option: string,
  pieces: readonly (string | Placeholder)[],
  rule: NameRule,
): void {
  const sample = pieces.map((piece) => (typeof piece === 'string' ? piece : 'x')).join('');
  const forbidden = sample.match(rule.forbidden)?.[0];
  const problem =
    forbidden !== undefined
      ? `have no ${JSON.stringify(forbidden)}`
      : sample.length > rule.maxLength
        ? `be at most ${rule.maxLength} characters long`
        : rule.problemOf?.(sample);
  if (problem !== undefined) {
    throw new InvalidOptionError(
      `Expected \`${rule.option}\` to ${problem}, got ${shownName(option, rule)}`,
    );
  }
}

/** What is left out of reports is left out of errors: it may be a secret. */
function shownName(option: string, rule: NameRule): string {
  const shown = (rule.shown === undefined ? option : rule.shown(option)).slice(0, MAX_SHOWN_LENGTH);
  return shown === '' ? 'a value that is not shown' : `\`${shown}\``;
}

function variation(placeholders: readonly Placeholder[]): TargetName['variesBy'] {
  if (placeholders.some((placeholder) => placeholder.variesByRecord)) return 'record';
  return placeholders.length > 0 ? 'resource' : 'nothing';
}
