import type { Document } from './document.ts';
import { lineAt, tablesOf } from './markdown.ts';

/** Rows of tables with a column for it in which no test and no bench is linked; `–` says that there is none. */
export function unshownRows(document: Document): readonly string[] {
  const tables = tablesOf(document).filter(({ columns }) =>
    /^(?:shown by|test)$/u.test(columns.at(-1) ?? ''),
  );
  if (tables.length === 0) return [`${document.path}:1 has no promises`];
  return tables.flatMap(({ path, rows }) =>
    rows
      .filter(({ cells }) => !/\]\((?:\.\.\/)?(?:test|bench)\/|^–$/u.test(cells.at(-1) ?? ''))
      .map(({ line }) => `${path}:${line} has neither test nor bench`),
  );
}

/** A part `Limits` that names pages without the day on which they were read, or not the file of its constants. */
export function undatedLimits({ path, text }: Document, constants: string): readonly string[] {
  const index = text.search(/^## Limits$/mu);
  const part = text.slice(index).split(/\n(?=## )/u, 1)[0] ?? '';
  const place = `${path}:${lineAt(text, index)}`;
  const isUndated = /https:/u.test(part) && !/\bread on\s+\d{4}-\d\d-\d\d/u.test(part);
  return [
    ...(isUndated ? [`${place} names a page but not when it was read`] : []),
    ...(part.includes(constants) ? [] : [`${place} has no link to ${constants} below Limits`]),
  ];
}
