import { complain } from './complain.ts';
import type { Document } from './document.ts';
import { codeBlocksOf, codeSpansOf, lineAt } from './markdown.ts';
import { repositoryPaths } from './repository-files.ts';

const PATH =
  /(?<![\w/.@:-])(?:src|test|docs|examples|scripts|bench|lint|\.ci)\/[\w./<>*-]*[\w>*]/gu;

/** Paths between backticks and in blocks of code, also `src/<name>/*.ts`, that name no file and no folder. */
export function wrongPaths(document: Document): readonly string[] {
  return [...codeSpansOf(document), ...codeBlocksOf(document)].flatMap((code) =>
    [...code.text.matchAll(PATH)].flatMap(({ 0: path, index }) => {
      if (isThere(path)) return [];
      const place = { path: document.path, line: code.line + lineAt(code.text, index) - 1 };
      return [complain(place, `names ${path}, which is not there`, path, repositoryPaths)];
    }),
  );
}

/** `<name>` stands for one level or a part of it, and everywhere in a path for the same. */
function isThere(path: string): boolean {
  if (!/[<*]/u.test(path)) return repositoryPaths.has(path);
  const names = new Set<string>();
  const pattern = path
    .replaceAll(/[.]/gu, '\\.')
    .replaceAll('*', '[^/]*')
    .replaceAll(/<(?<name>[\w-]+)>/gu, (_, name: string) => {
      const group = name.replaceAll('-', '_');
      if (names.has(group)) return `\\k<${group}>`;
      names.add(group);
      return `(?<${group}>[^/]+)`;
    });
  const wanted = new RegExp(`^${pattern}$`, 'u');
  return [...repositoryPaths].some((one) => wanted.test(one));
}
