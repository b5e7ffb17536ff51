import { remainderLines } from './exit-guard/remainder-lines.ts';
import type { LogOutlet } from './log-outlet.ts';

/**
 * Takes out of all outlets what is not delivered, as JSON lines. A record that several of them hold is
 * written once, where they encode it alike.
 */
export function takeRemainders(outlets: readonly LogOutlet[]): Iterable<string> {
  // All before the first line is written: nothing of it may still be sent.
  const remainders = outlets.map((outlet) => outlet.takeRemainder());
  const lines = remainders.map((parts) => linesOf(parts));
  return lines.length === 1 ? (lines[0] ?? []) : withoutCopies(lines);
}

function* linesOf(parts: ReturnType<LogOutlet['takeRemainder']>): Generator<string> {
  for (const part of parts) yield* remainderLines(part);
}

/** An application may log the same line twice: of each line so many as the outlet has that holds the most. */
function* withoutCopies(outlets: readonly Iterable<string>[]): Generator<string> {
  const written = new Map<string, number>();
  for (const lines of outlets) {
    const seen = new Map<string, number>();
    for (const line of lines) {
      const count = (seen.get(line) ?? 0) + 1;
      seen.set(line, count);
      if (count <= (written.get(line) ?? 0)) continue;
      written.set(line, count);
      yield line;
    }
  }
}
