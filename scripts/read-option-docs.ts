import { readFileSync } from 'node:fs';

/** What stands at an option in its interface. */
export interface OptionDoc {
  /** The first sentence. */
  readonly meaning: string;
  /** Empty where there is none. */
  readonly defaultValue: string;
}

/** The docs of the members of interfaces, by name; of two members of one name the first counts. */
export function readOptionDocs(paths: readonly string[]): ReadonlyMap<string, OptionDoc> {
  const docs = new Map<string, OptionDoc>();
  for (const path of paths) {
    const source = readFileSync(new URL(`../src/${path}`, import.meta.url), 'utf8');
    for (const match of source.matchAll(DOCUMENTED_MEMBER)) {
      const { comment = '', name = '' } = match.groups ?? {};
      if (!docs.has(name)) docs.set(name, parseComment(comment));
    }
  }
  return docs;
}

const DOCUMENTED_MEMBER = /\/\*\*(?<comment>(?:[^*]|\*(?!\/))*)\*\/\s+readonly (?<name>\w+)\??:/gu;

function parseComment(comment: string): OptionDoc {
  const text = comment.replace(/\s*\n\s*\*? ?/gu, ' ').trim();
  const [prose = '', tagged] = text.split(/\s*@defaultValue\s+/u);
  const said = /\bDefault:? (?<value>.*?)\.$/u.exec(prose)?.groups?.['value'];
  return {
    meaning: firstSentence(prose.replace(/\s*\bDefault:? .*$/u, '')),
    defaultValue: asMarkdown(tagged ?? said ?? ''),
  };
}

/** A full stop ends it before a capital letter or a code, not in `1.5` or `e.g. this`. */
function firstSentence(prose: string): string {
  const end = /[.](?=\s+[A-Z`'])/u.exec(prose);
  return asMarkdown(end === null ? prose : prose.slice(0, end.index + 1)).replace(/:$/u, '.');
}

/** Texts and lists of the code are those of variables without their quotes and brackets. */
function asMarkdown(prose: string): string {
  return prose
    .replace(/^\[(.*)\]$/u, '$1')
    .replaceAll(/`'([^'`]*)'`/gu, '`$1`')
    .split(/(`[^`]*`)/u)
    .map((piece) => (piece.startsWith('`') ? piece : piece.replaceAll(/'([^']*)'/gu, '`$1`')))
    .join('');
}
