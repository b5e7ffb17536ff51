/** Variables by name, as `process.env` has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Takes one line for the user. */
export type Warn = (message: string) => void;
