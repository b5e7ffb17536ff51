import { complain } from './complain.ts';
import { exportsOf } from './declarations.ts';
import type { Document } from './document.ts';
import { codeBlocksOf, lineAt, type Piece, proseOf } from './markdown.ts';

/** `A`, `B` of `collectorless/http`; `A()` (from `collectorless`). */
const SAID =
  /(?<names>`[\w()]+`(?:(?:,| and)\s+`[\w()]+`)*)\s+(?:of|\(?from)\s+`(?<subpath>collectorless(?:\/[\w-]+)?)`/gu;
const IMPORTED = /\bimport \{(?<names>[^}]*)\} from '(?<subpath>collectorless(?:\/[\w-]+)?)'/gu;
const SUBPATH = /(?<![\w@/.:*-])collectorless\/[a-z][\w-]*/gu;

/** Names that a document takes from a subpath which does not export them, and subpaths that there are not. */
export function wrongExports(document: Document): readonly string[] {
  const prose = { path: document.path, line: 1, text: proseOf(document) };
  const blocks = codeBlocksOf(document);
  return [
    ...findIn(prose, SAID),
    ...blocks.flatMap((block) => findIn(block, IMPORTED)),
    ...[prose, ...blocks].flatMap(wrongSubpaths),
  ];
}

function findIn(piece: Piece, pattern: RegExp): readonly string[] {
  return [...piece.text.matchAll(pattern)].flatMap(({ groups, index }) => {
    const { names = '', subpath = '' } = groups ?? {};
    const exported = exportsOf.get(subpath);
    if (exported === undefined) return [];
    return namesOf(names)
      .filter((name) => !exported.has(name))
      .map((name) =>
        complain(placeAt(piece, index), `takes ${name} from ${subpath}`, name, exported),
      );
  });
}

function wrongSubpaths(piece: Piece): readonly string[] {
  return [...piece.text.matchAll(SUBPATH)].flatMap(({ 0: subpath, index }) => {
    if (exportsOf.has(subpath)) return [];
    const problem = `names ${subpath}, which is no subpath`;
    return [complain(placeAt(piece, index), problem, subpath, exportsOf.keys())];
  });
}

function namesOf(list: string): readonly string[] {
  return (
    list
      .replaceAll(/\btype |\([^)]*\)/gu, '')
      .match(/\w+/gu)
      ?.filter((word) => word !== 'and') ?? []
  );
}

function placeAt({ line, path, text }: Piece, index: number): { path: string; line: number } {
  return { path, line: line + lineAt(text, index) - 1 };
}
