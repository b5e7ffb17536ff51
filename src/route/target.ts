/** One place at a destination: a log group with its stream, a delivery stream, a queue, an address. */
export interface Target {
  /** Tells targets apart; readable, for reports. */
  readonly key: string;
  /** The rendered names by option: `{ logGroupName, logStreamName }`. */
  readonly names: Readonly<Record<string, string>>;
}
