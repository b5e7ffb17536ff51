import { entryPath } from '../../entry-path.ts';
import { InvalidOptionError } from '../../invalid-option-error.ts';
import { isNamedValues } from '../../is-named-values.ts';
import { compileTargetName, type NameOption, type TargetName } from '../../route/target-name.ts';
import { shownOption } from '../../shown-option.ts';
import { checkHeaderName, checkHeaderOption, headerValueRule } from './header-rules.ts';
import type { HttpHeadersFunction, HttpOptions } from './http-log-record-exporter-options.ts';

/** The headers of requests, by where their values come from. Names are in lower case. */
export interface HeaderSources {
  /** The same in every request. */
  readonly fixed: Readonly<Record<string, string>>;
  /** Part of the target, as they come from resource or record. */
  readonly byTarget: Readonly<Record<string, TargetName>>;
  /** Asked for each request; what it answers wins. */
  readonly compute: HttpHeadersFunction | undefined;
}

/** @throws InvalidOptionError that names the header, never its value. */
export function compileHeaders(headers: HttpOptions['headers']): HeaderSources {
  if (typeof headers === 'function') return { fixed: {}, byTarget: {}, compute: headers };
  if (headers !== undefined && !isNamedValues(headers)) {
    throw new InvalidOptionError(
      `Expected \`headers\` to be an object or a function, got ${typeof headers === 'string' ? 'a text' : shownOption(headers)}`,
    );
  }
  // Without a prototype: `constructor` and `__proto__` are header names like any other.
  const fixed: Record<string, string> = Object.create(null);
  const byTarget: Record<string, TargetName> = Object.create(null);
  for (const [givenName, value] of Object.entries<NameOption>(headers ?? {})) {
    checkHeaderName(givenName);
    const path = entryPath('headers', givenName);
    checkHeaderOption(path, value);
    const name = givenName.toLowerCase();
    if (name in fixed || name in byTarget) {
      throw new InvalidOptionError(
        `Expected \`${path}\` once in \`headers\`, got \`${name}\` twice in different case`,
      );
    }
    const compiled = compileTargetName(value, headerValueRule(path));
    if (compiled.variesBy === 'nothing' && typeof value === 'string') fixed[name] = value;
    else byTarget[name] = compiled;
  }
  return { fixed, byTarget, compute: undefined };
}

/** Under which name a target keeps the value of a header. */
export function targetNameOfHeader(header: string): string {
  return `headers.${header}`;
}
