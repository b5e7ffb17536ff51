import { codeOf } from '../../code-of.ts';
import { InvalidOptionError } from '../../invalid-option-error.ts';
import { hideIn } from '../../manifest/kinds/secrecy.ts';
import { toError } from '../../to-error.ts';
import { buildOptions, type OptionValues } from './build-options.ts';
import type { Warn } from './environment.ts';
import { namedBy, type Omission, omissions } from './omissions.ts';
import type { GivenVariable } from './read-variables.ts';

export type Constructed<T> = { readonly value: T } | { readonly error: Error };

/**
 * Constructs with the options that the variables and the code give. A variable's value that the constructor
 * refuses is told and left out, so that one wrong value never costs the logs; unless the exporter must not be
 * without it.
 *
 * @returns The error when nothing that may be left out helps; it repeats no secret.
 */
export function constructWithFallback<T>(
  construct: (options: OptionValues) => T,
  given: readonly GivenVariable[],
  overrides: OptionValues,
  warn: Warn,
): Constructed<T> {
  const attempt = (left: readonly GivenVariable[]): Constructed<T> => {
    try {
      return { value: construct(buildOptions(left, overrides)) };
    } catch (thrown) {
      return { error: toError(thrown) };
    }
  };
  let left = given;
  for (;;) {
    const constructed = attempt(left);
    if ('value' in constructed || !isInvalidOption(constructed.error)) return constructed;
    const refusal = withoutSecrets(constructed.error, left);
    const step = nextStep(constructed.error, left, attempt);
    if (step === undefined) return { error: refusal };
    warn(`${step.omission.shown} is ignored: ${refusal.message}`);
    if ('value' in step.constructed) return step.constructed;
    left = step.omission.left;
  }
}

interface Step<T> {
  readonly omission: Omission;
  readonly constructed: Constructed<T>;
}

/** The first omission that mends all, or after which the refusal is another one. */
function nextStep<T>(
  refusal: Error,
  given: readonly GivenVariable[],
  attempt: (left: readonly GivenVariable[]) => Constructed<T>,
): Step<T> | undefined {
  const named = namedBy(refusal.message);
  for (const omission of omissions(named, given)) {
    const constructed = attempt(omission.left);
    const helps =
      'value' in constructed || namedBy(constructed.error.message).join() !== named.join();
    if (helps) return { omission, constructed };
  }
  return undefined;
}

/** By code, as two copies of the class may be loaded. */
function isInvalidOption(error: Error): boolean {
  return codeOf(error) === 'ERR_INVALID_OPTION';
}

function withoutSecrets(error: Error, given: readonly GivenVariable[]): Error {
  const message = given.reduce(
    (text, { value, variable }) => hideIn(text, value, variable.kind.secrecy),
    error.message,
  );
  return message === error.message ? error : new InvalidOptionError(message);
}
