import { posix } from 'node:path';
import { complain } from './complain.ts';
import { type Document, readDocument } from './document.ts';
import { anchorsOf, linkTargetsOf } from './markdown.ts';
import { repositoryPaths } from './repository-files.ts';

/** Links within the repository that lead to no file, or to no heading of one. */
export function wrongLinks(document: Document): readonly string[] {
  return linkTargetsOf(document).flatMap((link) => {
    if (/^[a-z][a-z+.-]*:/u.test(link.text)) return [];
    const [target = '', anchor] = decodeURI(link.text).split('#');
    const path = target === '' ? document.path : posix.join(posix.dirname(document.path), target);
    if (target !== '' && !repositoryPaths.has(path.replace(/\/$/u, ''))) {
      return [complain(link, `leads to ${path}, which is not there`, path, repositoryPaths)];
    }
    if (anchor === undefined) return [];
    const anchors = path.endsWith('.md')
      ? anchorsOf(path === document.path ? document : readDocument(path))
      : [];
    if (anchors.includes(anchor)) return [];
    return [complain(link, `leads to #${anchor}, no heading of ${path}`, anchor, anchors)];
  });
}
