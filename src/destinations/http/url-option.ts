import { createHash } from 'node:crypto';
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { catchLater } from '../../call-user-function.ts';
import { InvalidOptionError } from '../../invalid-option-error.ts';
import type { NameRule } from '../../route/name-rule.ts';
import { compileTargetName, type NameOption, type TargetName } from '../../route/target-name.ts';
import { shownOption } from '../../shown-option.ts';

/** Characters of one percent-encoded value; servers take addresses of some 8,000 in all. */
const MAX_VALUE_LENGTH = 512;
const MAX_TEMPLATE_LENGTH = 4096;
/** Scheme and host without a placeholder, up to the path, the query or the end. */
const FIXED_ORIGIN = /^https?:\/\/[^/?#\\{}@\s]+(?=[/?]|$)/iu;

const URL_RULE: NameRule = {
  option: 'url',
  forbidden: /[\p{Cc} \\#]/gu,
  forbiddenInValue: /[^A-Za-z0-9]/gu,
  escapeValue: escapeUrlValue,
  maxLength: 1024 * 1024,
  shown: shownUrl,
};

/**
 * Parses the `url` option.
 * @throws InvalidOptionError for an address that is none, or that values could change beyond its path.
 */
export function compileUrl(given: NameOption | URL): TargetName {
  const option = given instanceof URL ? given.href : given;
  if (typeof option === 'function') return fromFunction(option);
  if (typeof option !== 'string') {
    throw new InvalidOptionError(
      `Expected \`url\` to be an http or https address, a template of one, or a function, got ${shownOption(option)}`,
    );
  }
  const problem = findProblem(option);
  if (problem !== undefined) {
    throw new InvalidOptionError(`Expected \`url\` to ${problem}, got \`${shownUrl(option)}\``);
  }
  return compileTargetName(option, URL_RULE);
}

/**
 * A value that stays in its path segment or query value. One of dots alone would be a step in the path, also
 * percent-encoded (WHATWG URL, "double-dot URL path segment").
 */
export function escapeUrlValue(value: string): string {
  const text = /^\.+$/u.test(value) ? '_'.repeat(value.length) : value;
  const encoded = encodeURIComponent(text);
  if (encoded.length <= MAX_VALUE_LENGTH) return encoded;
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 8);
  let short = '';
  for (const character of text) {
    const piece = encodeURIComponent(character);
    if (short.length + piece.length > MAX_VALUE_LENGTH - hash.length - 1) break;
    short += piece;
  }
  return `${short}-${hash}`;
}

/** Scheme and host: the rest may be a secret, as it is with Sumo Logic and with webhooks. */
function shownUrl(url: string): string {
  const [, scheme = '', host = ''] =
    /^([a-z]{1,16}):\/\/(?:[^/?#@]*@)?([^/?#@]{0,100})/iu.exec(url) ?? [];
  return scheme === '' ? 'a text without a scheme' : `${scheme}://${host}`;
}

function findProblem(template: string): string | undefined {
  if (template.length > MAX_TEMPLATE_LENGTH) {
    return `be at most ${MAX_TEMPLATE_LENGTH} characters long`;
  }
  if (/^[a-z]+:\/\/[^/?#]*@/iu.test(template)) {
    return 'have no user name and password: pass them in `headers` as `authorization`';
  }
  if (!FIXED_ORIGIN.test(template)) {
    return 'begin with a fixed `http://` or `https://` and host (only a function may choose the host)';
  }
  if (template.match(URL_RULE.forbidden) !== null) {
    return 'have no spaces, backslashes, control characters or fragment';
  }
  if (/%[0-9a-f]?\{/iu.test(template)) {
    return 'have no half percent-encoding before a placeholder, which a value would complete';
  }
  return URL.canParse(template.replaceAll(/\{[^{}]*\}/gu, 'x')) ? undefined : 'be an address';
}

function fromFunction(choose: (record: ReadableLogRecord) => unknown): TargetName {
  return {
    rule: URL_RULE,
    variesBy: 'record',
    render: (record) => checkedUrl(catchLater(choose(record))),
    renderOverflow() {
      throw new Error('More addresses than `maxTargets` are in use, and none of them is idle');
    },
  };
}

/** Throws for anything that records must not be sent to; the message does not repeat it. */
function checkedUrl(answer: unknown): string {
  const text = answer instanceof URL ? answer.href : answer;
  const url = typeof text === 'string' && URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/u.test(url.protocol)) {
    throw new Error('The `url` function answered no http or https address');
  }
  if (url.username !== '' || url.password !== '') {
    throw new Error('The `url` function answered an address with credentials');
  }
  url.hash = '';
  return url.href;
}
