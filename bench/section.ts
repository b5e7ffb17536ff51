/**
 * What one section of `npm run bench` found. Each section is a module that exports
 * `measure…(effort: Effort): Promise<Section>` and prints nothing, so that one command can collect,
 * print and write all of them; helpers for measuring are in `support/`.
 */
export interface Section {
  /** Chosen on the command line by this word. */
  readonly id: string;
  readonly title: string;
  /** How it was measured, in a few sentences. */
  readonly method: string;
  readonly tables: readonly Table[];
  readonly goals: readonly Goal[];
  /** Candidates that could not run, each with the reason. */
  readonly missing: readonly string[];
  /** What a reader must know to read the numbers rightly. */
  readonly remarks: readonly string[];
}

/** Medians, one row a candidate. */
export interface Table {
  readonly title: string;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
}

export interface Column {
  /** With its unit, such as `µs a record` or `÷ OTLP JSON`. */
  readonly name: string;
  /** Digits after the point. */
  readonly digits: number;
}

export interface Row {
  readonly candidate: string;
  /** One for each column; `undefined` where there is nothing to tell. */
  readonly values: readonly (number | undefined)[];
}

/** A number that has to stay on one side of a bound. */
export interface Goal {
  /** What is measured, such as `JSON ÷ OTLP JSON, plain`. */
  readonly says: string;
  readonly measured: number;
  readonly atMost?: number;
  readonly atLeast?: number;
}

/** `full` is published, `quick` shows a developer a tendency, `tiny` only that everything runs (under a second). */
export type Effort = 'full' | 'quick' | 'tiny';

export function holds({ measured, atMost = Infinity, atLeast = -Infinity }: Goal): boolean {
  return measured <= atMost && measured >= atLeast;
}
