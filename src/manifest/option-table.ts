import type { ChoiceKind, ValueKind } from './kinds/value-kind.ts';

/**
 * For every option, how a variable gives it. An option of the interface that has no row, a row of no option,
 * and a kind that gives another type are compile errors: the tables cannot go stale.
 */
export type OptionTable<Options> = {
  readonly [Name in KeyOf<Options>]: OptionRow<ValueOf<Options, Name>>;
};

export type OptionRow<Value> =
  | VariableRow<Value>
  | CodeOnlyRow
  | GroupRow<Value>
  | PartialGroupRow<Value>;

/** An option that a text can express. */
export interface VariableRow<Value> {
  readonly kind: KindOf<Value>;
  /**
   * The exporter is not made without the value that the user gave: there is no default, or the default would
   * leave the logs unprotected.
   */
  readonly isIndispensable?: true;
  /** What it means, where the option is not one of our interfaces. */
  readonly meaning?: string;
}

/** An option that no text can express. */
export interface CodeOnlyRow {
  /** Why, as it follows the option's name. */
  readonly codeOnly: string;
}

/** An option with members, of which each has its variable. */
export interface GroupRow<Value> {
  readonly members: OptionTable<Extract<Value, object>>;
}

/** An option with members of which some have a variable. */
export interface PartialGroupRow<Value> {
  readonly someMembers: Partial<OptionTable<Extract<Value, object>>>;
}

/** A choice has to name all the texts there are; other kinds may give less than the option takes. */
type KindOf<Value> = [Extract<Value, string>] extends [never]
  ? ValueKind<Value>
  : string extends Extract<Value, string>
    ? ValueKind<Value>
    : ChoiceKind<Extract<Value, string>>;

/** The names of all members, not only of those that all parts of a union have. */
type KeyOf<Options> = Options extends unknown ? keyof Options & string : never;

type ValueOf<Options, Name> = Options extends unknown
  ? Name extends keyof Options
    ? Exclude<Options[Name], undefined>
    : never
  : never;
