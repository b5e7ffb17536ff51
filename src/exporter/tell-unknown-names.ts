import { closestText } from '../closest-text.ts';
import { tell } from '../report/tell.ts';

/**
 * Warns of an option that does not exist: without types a slip would go unnoticed.
 *
 * @param owner What the option was given to.
 * @param closest The option that was probably meant.
 */
export function tellUnknownName(owner: string, name: string, closest: string | undefined): void {
  const hint = closest === undefined ? '' : `, did you mean \`${closest}\`?`;
  tell('warn', `${owner}: \`${name}\` is ignored: there is no such option${hint}`);
}

/** Warns of each option that is none of the known ones. Never throws, whatever the options are. */
export function tellUnknownNames(owner: string, options: object, known: readonly string[]): void {
  try {
    for (const [name, value] of Object.entries(options)) {
      if (value === undefined || known.includes(name)) continue;
      tellUnknownName(owner, name, closestText(name, known));
    }
  } catch {
    // What cannot be listed, as a proxy may refuse it, was read option by option already.
  }
}
