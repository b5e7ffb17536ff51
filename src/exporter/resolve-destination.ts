import { InvalidOptionError } from '../invalid-option-error.ts';
import type { PackLimits } from '../pack/pack-limits.ts';
import type { NameRule } from '../route/name-rule.ts';
import { compileTargetName, type TargetName } from '../route/target-name.ts';
import { shownOption } from '../shown-option.ts';
import { compressionOption } from './compress-bytes.ts';
import type { Destination } from './destination.ts';
import type { ResolvedOptions } from './resolve-options.ts';

const DEFAULT_LIMITS: PackLimits = {
  maxEntries: 1000,
  maxRequestBytes: 1024 * 1024,
  maxEntryBytes: 1024 * 1024,
};

/** The destination's limits, checked to be possible. @throws InvalidOptionError */
export function resolveLimits(destination: Destination): PackLimits {
  const limits = destination.limits ?? DEFAULT_LIMITS;
  const { entryOverheadBytes = 0, maxEntries, maxEntryBytes, maxRequestBytes } = limits;
  for (const [limit, value] of Object.entries({ maxEntries, maxEntryBytes, maxRequestBytes })) {
    if (value >= 1) continue;
    throw new InvalidOptionError(
      `Expected \`limits.${limit}\` of the destination \`${destination.name}\` to be >= 1, got ${shownOption(value)}`,
    );
  }
  if (maxEntryBytes + entryOverheadBytes > maxRequestBytes) {
    throw new InvalidOptionError(
      `Expected \`maxEntryBytes\` (${maxEntryBytes}) and \`entryOverheadBytes\` (${entryOverheadBytes}) of the ` +
        `destination \`${destination.name}\` to fit \`maxRequestBytes\` (${maxRequestBytes})`,
    );
  }
  return limits;
}

/** Requests of one target in flight while they pile up. */
export function backlogLimitOf(
  { keepsConcurrencyLimit = false }: Destination,
  options: Pick<ResolvedOptions, 'backlogConcurrencyLimit' | 'concurrencyLimit'>,
): number {
  return keepsConcurrencyLimit ? options.concurrencyLimit : options.backlogConcurrencyLimit;
}

/** An option that nobody heeds would only seem to work. @throws InvalidOptionError */
export function checkCompression(compression: unknown, destination: Destination): void {
  const chosen = compressionOption(compression);
  if (chosen === 'none' || destination.compresses === true) return;
  throw new InvalidOptionError(
    `Expected no \`compression\`, got '${chosen}': the destination \`${destination.name}\` does not say that it ` +
      '`compresses`; compress in its `send`',
  );
}

export function compileTargetNames(destination: Destination): Record<string, TargetName> {
  const names = Object.entries(destination.targetNames ?? {});
  if (names.length === 0)
    return { destination: compileTargetName(destination.name, anyName('name')) };
  return Object.fromEntries(
    names.map(([option, name]) => [
      option,
      typeof name === 'object' ? name : compileTargetName(name, anyName(option)),
    ]),
  );
}

/** A destination that says no more takes any printable name. */
function anyName(option: string): NameRule {
  return {
    option,
    forbidden: /\p{Cc}/gu,
    forbiddenInValue: /[\p{Cc}/\\]/gu,
    maxLength: 1024,
  };
}
