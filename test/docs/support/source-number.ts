import { basename } from 'node:path';
import { repositorySources } from './repository-files.ts';

/** What a file of `src`, wherever it is, gives a name as its number: `const NAME = 24 * 60;` or `name: 500,`. */
export function sourceNumber(file: string, name: string): number {
  const found = repositorySources.filter(({ path }) => basename(path) === file);
  const texts = found.flatMap(({ text }) => [
    ...text.matchAll(
      new RegExp(
        `\\b${name}(?:: number)?(?: =|:) (?<product>[\\d_.]+(?: \\* [\\d_.]+)*)[;,]`,
        'gu',
      ),
    ),
  ]);
  const [text, ...others] = texts.map(({ groups }) => groups?.['product'] ?? '');
  if (text === undefined || others.length > 0) {
    throw new Error(
      `Expected one file of src named ${file} with one number ${name}, found ${texts.length} in ${found.length}`,
    );
  }
  return text
    .split('*')
    .reduce((product, factor) => product * Number(factor.replaceAll('_', '')), 1);
}
