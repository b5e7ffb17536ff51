/** What is shown of one value: a screen shows less, and what is written out becomes four times as long. */
const MAX_SHOWN_UNITS = 65_536;

/** The beginning of a text that is too long to be read, with a mark of how much is left out. */
export function cutText(text: string): string {
  if (text.length <= MAX_SHOWN_UNITS) return text;
  // A pair that is cut in half would be shown as damage.
  const shown = text.slice(0, MAX_SHOWN_UNITS).replace(/[\ud800-\udbff]$/u, '');
  return `${shown}… (${text.length - shown.length} more characters)`;
}
