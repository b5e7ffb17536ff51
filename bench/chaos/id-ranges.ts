/** Numbers as text: `0-9,12`. */
export function formatRanges(numbers: readonly number[]): string {
  const ranges: string[] = [];
  let start = numbers[0];
  let end = start;
  for (const next of [...numbers.slice(1), undefined]) {
    if (start === undefined || end === undefined) break;
    if (next === end + 1) {
      end = next;
      continue;
    }
    ranges.push(start === end ? `${start}` : `${start}-${end}`);
    start = next;
    end = next;
  }
  return ranges.join(',');
}

/** The numbers of such a text. */
export function* parseRanges(text: string): Generator<number> {
  for (const range of text.split(',')) {
    if (range === '') continue;
    const [start = '', end = start] = range.split('-');
    for (let number = Number(start); number <= Number(end); number += 1) yield number;
  }
}
