import type { ValueKind } from './kinds/value-kind.ts';
import type { OptionRow } from './option-table.ts';

/** A variable and the option that it gives. */
export interface Variable {
  /** `OTEL_EXPORTER_FIREHOSE_RETRY_MAX_BACKOFF_MILLIS` */
  readonly name: string;
  /** `retry.maxBackoffMillis` */
  readonly option: string;
  readonly kind: ValueKind<unknown>;
  readonly isIndispensable: boolean;
  readonly meaning?: string;
}

/** An option without a variable. */
export interface CodeOnlyOption {
  /** The name that its variable would have. */
  readonly name: string;
  readonly option: string;
  readonly reason: string;
}

export interface ListedVariables {
  readonly variables: readonly Variable[];
  readonly codeOnly: readonly CodeOnlyOption[];
}

/** The variables of a table, in its order; their names are the options' in upper snake case. */
export function listVariables(
  table: Readonly<Record<string, OptionRow<unknown>>>,
  prefix: string,
): ListedVariables {
  const rows = Object.entries(table).flatMap(([option, row]) => leavesOf(option, row));
  return {
    variables: rows.flatMap(([option, row]) => {
      if (!('kind' in row)) return [];
      const { isIndispensable = false } = row;
      return [{ ...row, name: variableName(prefix, option), option, isIndispensable }];
    }),
    codeOnly: rows.flatMap(([option, row]) =>
      'codeOnly' in row
        ? [{ name: variableName(prefix, option), option, reason: row.codeOnly }]
        : [],
    ),
  };
}

type Leaf = readonly [option: string, row: OptionRow<unknown>];

function leavesOf(option: string, row: OptionRow<unknown>): readonly Leaf[] {
  const members: Readonly<Record<string, OptionRow<unknown>>> | undefined =
    'members' in row ? row.members : 'someMembers' in row ? row.someMembers : undefined;
  if (members === undefined) return [[option, row]];
  return Object.entries(members).flatMap(([name, member]) => leavesOf(`${option}.${name}`, member));
}

function variableName(prefix: string, option: string): string {
  const words = option.replaceAll('.', '_').replaceAll(/[A-Z]/gu, (letter) => `_${letter}`);
  return `${prefix}${words.toUpperCase()}`;
}
