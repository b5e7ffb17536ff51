import { closestText } from '../../../src/closest-text.ts';

interface Place {
  readonly path: string;
  readonly line: number;
}

/** What a failed check prints: the place in the document, what is wrong there, and what was likely meant. */
export function complain(
  { line, path }: Place,
  problem: string,
  wrong: string,
  candidates: Iterable<string>,
): string {
  const closest = closestText(wrong, [...candidates]);
  return `${path}:${line} ${problem}${closest === undefined ? '' : `; the closest is ${closest}`}`;
}
