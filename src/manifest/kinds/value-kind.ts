import type { Secrecy } from './secrecy.ts';

/** What the text of a variable stands for. */
export interface ValueKind<out Value> {
  /** What a right text is, as it follows "expected". */
  readonly expected: string;
  readonly secrecy: Secrecy;
  read(text: string): ReadText<Value>;
}

/** The value of a text, or what is wrong with it; of a list that is right in part both, of a blank text none. */
export interface ReadText<out Value> {
  readonly value?: Value;
  readonly problem?: string;
}

/** One of a few texts. It is no other kind's, so that a table has to name all of them. */
export interface ChoiceKind<Choice extends string> extends ValueKind<Choice> {
  readonly choices: Readonly<Record<Choice, true>>;
}
