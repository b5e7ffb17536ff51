import { closestText } from '../../closest-text.ts';
import { shownText } from '../../manifest/kinds/secrecy.ts';

const MAX_LISTED = 20;

/** What is told of names in a variable that nobody knows, each with the known one that was likely meant. */
export function unknownNamesMessage(
  variable: string,
  unknown: readonly string[],
  known: readonly string[],
): string {
  const shown = unknown.slice(0, MAX_LISTED).map((name) => {
    const closest = closestText(name.toLowerCase(), known);
    const hint = closest === undefined ? '' : ` (did you mean \`${closest}\`?)`;
    return `${shownText(name, 'open')}${hint}`;
  });
  const verb = unknown.length === 1 ? 'is' : 'are';
  return `${variable}: ${shown.join(', ')} ${verb} ignored, expected one or more of ${listed(known)}`;
}

/** Names as a message lists them. */
export function listed(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ');
}
