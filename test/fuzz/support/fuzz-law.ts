import fc from 'fast-check';

/** How long to look for a counterexample. */
export interface FuzzBudget {
  readonly seed: number;
  readonly runs: number;
  /** No run begins later. Default: no limit. */
  readonly maxMillis?: number;
}

/** What must hold for every input. */
export interface FuzzLaw {
  readonly name: string;
  /** Runs that are enough for each change of the code. */
  readonly runs: number;
  /** The shrunk counterexample with its seed, or nothing when none was found. */
  check(budget: FuzzBudget): Promise<string | undefined>;
}

export function law<Input>(name: string, runs: number, property: fc.IRawProperty<Input>): FuzzLaw {
  return {
    name,
    runs,
    async check({ maxMillis, runs: numRuns, seed }) {
      const details = await fc.check(property, {
        seed,
        numRuns,
        ...(maxMillis !== undefined && { interruptAfterTimeLimit: maxMillis }),
      });
      if (!details.failed) return undefined;
      const error = details.errorInstance;
      const cause = error instanceof Error ? error.stack : String(error);
      return `${fc.defaultReportMessage(details)}\n${cause}`;
    },
  };
}
