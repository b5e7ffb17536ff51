import type { AppLine } from './run-app.ts';

/** What the demo looks at in a stored record. */
export interface StoredRecord {
  readonly trace_id?: string;
  readonly severity_text?: string;
  readonly attributes?: Readonly<Record<string, unknown>>;
  readonly resource?: Readonly<Record<string, unknown>>;
}

/**
 * Compares what a destination holds with what the app wrote: each line once, with its trace. Answers what is
 * wrong, in words.
 */
export function checkDelivery(
  lines: readonly AppLine[],
  stored: readonly unknown[],
): readonly string[] {
  const byLine = Map.groupBy(stored as readonly StoredRecord[], lineOf);
  const problems = lines.flatMap((line) => {
    const copies = byLine.get(line.line) ?? [];
    byLine.delete(line.line);
    return checkLine(line, copies);
  });
  for (const [line, records] of byLine) {
    problems.push(`${records.length} stored records with line ${line} that the app never wrote`);
  }
  return problems;
}

function lineOf(record: StoredRecord): unknown {
  return record.attributes?.['line'];
}

function checkLine(line: AppLine, copies: readonly StoredRecord[]): string[] {
  const name = `line ${line.line} (${line.msg})`;
  const [record] = copies;
  if (record === undefined) return [`${name} is missing`];
  const problems: string[] = [];
  if (copies.length > 1) problems.push(`${name} is stored ${copies.length} times`);
  // pino's own output carries the trace too, put there by the instrumentation.
  if (record.trace_id !== line.trace_id) problems.push(`${name} has lost its trace id`);
  if (record.resource?.['service.name'] !== 'shop') problems.push(`${name} has no service.name`);
  if (line.level >= 50 && typeof record.attributes?.['exception.stacktrace'] !== 'string') {
    problems.push(`${name} has lost its stack trace`);
  }
  return problems;
}
