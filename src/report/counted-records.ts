/** A number of log records as a sentence has it: `1 log record`, `2 more log records`. */
export function countedRecords(count: number, noun: string = 'log record'): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
