import { complain } from './complain.ts';
import { exportedNamesOfAll, literalsOf, memberNames } from './declarations.ts';
import type { Document } from './document.ts';
import { foreignNames, untypedNames } from './foreign-names.ts';
import { codeSpansOf, type Piece, tablesOf } from './markdown.ts';
import { repositorySources } from './repository-files.ts';

const known: ReadonlySet<string> = new Set([
  ...exportedNamesOfAll,
  ...memberNames,
  ...untypedNames,
]);

/** What a page for contributors may name beside that: whatever a file of `src` exports. */
const inside: ReadonlySet<string> = new Set(
  repositorySources
    .flatMap(({ text }) => [
      ...text.matchAll(
        /^export (?:abstract )?(?:async )?(?:const|function\*?|class|interface|type) (?<name>\w+)/gmu,
      ),
    ])
    .map(({ groups }) => groups?.['name'] ?? ''),
);
const FOR_CONTRIBUTORS = ['ARCHITECTURE.md', 'CONTRIBUTING.md'];

/** Names of code in the prose that are neither exported, nor a member of what is, nor known to be another's. */
export function wrongNames(document: Document): readonly string[] {
  return codeSpansOf(document).flatMap((span) =>
    namesIn(span.text)
      .filter((name) => !known.has(name) && !foreignNames.has(name))
      .filter((name) => !FOR_CONTRIBUTORS.includes(document.path) || !inside.has(name))
      .map((name) => complain(span, `names ${name}, which is nowhere`, name, known)),
  );
}

/** `optionName: 'value'` where no option of that name may be that. */
export function wrongValues(document: Document): readonly string[] {
  return codeSpansOf(document).flatMap((span) => {
    const { name = '', value = '' } =
      /^(?<name>\w+): '(?<value>[^']*)'$/u.exec(span.text)?.groups ?? {};
    const literals = literalsOf(name);
    if (literals.length === 0 || literals.includes(value)) return [];
    return [complain(span, `says \`${span.text}\``, value, literals)];
  });
}

/** The first column of tables of options, where single words are names, too. */
export function wrongOptionRows(document: Document): readonly string[] {
  return tablesOf(document).flatMap(({ columns, path, rows }) =>
    columns[0] === 'option'
      ? rows.flatMap(({ cells, line }) =>
          optionsIn({ path, line, text: cells[0] ?? '' })
            .filter(({ text }) => !memberNames.has(text))
            .map((piece) =>
              complain(
                piece,
                `names the option ${piece.text}, which is nowhere`,
                piece.text,
                memberNames,
              ),
            ),
        )
      : [],
  );
}

function optionsIn(cell: Piece): readonly Piece[] {
  return [...cell.text.matchAll(/`(?<name>[a-z]\w*)(?:: [^`]*)?`/gu)].map(({ groups }) => ({
    ...cell,
    text: groups?.['name'] ?? '',
  }));
}

/** Words with a capital inside, but not of texts, templates, packages and paths. */
function namesIn(code: string): readonly string[] {
  const bare = code.replaceAll(
    /'[^']*'|"[^"]*"|\{[\w.]+\}|[@/\\%<-][\w.@/:<>-]+|[\w.]+[/:=-](?=[\w{])[^\s)]*/gu,
    ' ',
  );
  return bare.match(/\b(?:[a-z]+(?:[A-Z][a-z0-9]*)+|(?:[A-Z][a-z0-9]+){2,})\b/gu) ?? [];
}
