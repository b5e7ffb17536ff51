/** A policy of IAM, as it is pasted into the console or a template. */
export interface Policy {
  readonly Version: '2012-10-17';
  readonly Statement: readonly Statement[];
}

export interface Statement {
  readonly Effect: 'Allow';
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
}

/** Where the resources are; `*` for what is not known. */
export interface Scope {
  /** `aws`, `aws-cn`, `aws-us-gov` … */
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

/** What an exporter needs, and what is to be known about it. */
export interface Permissions {
  readonly statements: readonly Statement[];
  readonly notes: readonly string[];
}

/** One is written as a text: that is how policies are read most easily. */
export function allow(actions: readonly string[], resources: readonly string[]): Statement {
  return { Effect: 'Allow', Action: oneOrAll(actions), Resource: oneOrAll(resources) };
}

function oneOrAll(texts: readonly string[]): string | readonly string[] {
  const [first, ...others] = texts;
  return first !== undefined && others.length === 0 ? first : texts;
}
