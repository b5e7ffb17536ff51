import type { Document } from './document.ts';

/** A part of a document. */
export interface Piece {
  readonly path: string;
  /** From 1. */
  readonly line: number;
  readonly text: string;
}

export interface CodeBlock extends Piece {
  /** Empty where the fence names none. */
  readonly language: string;
}

const FENCED = /^(?<indent> *)```(?<language>\w*)[^\n]*\n(?<code>.*?)^\k<indent>```$/gmsu;
const CODE_SPAN = /(?<fence>`+)(?<code>[^`]+)\k<fence>/gu;

/** The blocks of code between fences. */
export function codeBlocksOf(document: Document): readonly CodeBlock[] {
  return [...document.text.matchAll(FENCED)].map(({ groups, index }) => ({
    path: document.path,
    line: lineAt(document.text, index) + 1,
    language: groups?.['language'] ?? '',
    text: groups?.['code'] ?? '',
  }));
}

/** The document without its blocks of code; every character else is where it was. */
export function proseOf({ text }: Document): string {
  return text.replaceAll(FENCED, blank);
}

/** What stands between backticks in the prose; a line break in it becomes a space. */
export function codeSpansOf(document: Document): readonly Piece[] {
  const prose = proseOf(document);
  return [...prose.matchAll(CODE_SPAN)].map(({ groups, index }) => ({
    path: document.path,
    line: lineAt(prose, index),
    text: (groups?.['code'] ?? '').replaceAll(/\s*\n\s*/gu, ' '),
  }));
}

/** Where the links of the prose lead, of Markdown and of HTML. */
export function linkTargetsOf(document: Document): readonly Piece[] {
  const prose = proseOf(document).replaceAll(CODE_SPAN, (span) =>
    span.replaceAll(/[[\]()<>]/gu, ' '),
  );
  const links =
    /\]\(\s*<?(?<inline>[^)>\s]+)|^\[[^\]]+\]:\s*(?<reference>\S+)|\b(?:href|src|srcset)="(?<html>[^"]+)"|<(?<automatic>https?:[^>\s]+)>/gmu;
  return [...prose.matchAll(links)].map(({ groups, index }) => ({
    path: document.path,
    line: lineAt(prose, index),
    text: Object.values(groups ?? {}).find((target) => target !== undefined) ?? '',
  }));
}

export interface TableRow {
  readonly line: number;
  readonly cells: readonly string[];
}

export interface Table {
  readonly path: string;
  /** The heading above it, without its marks. */
  readonly heading: string;
  readonly columns: readonly string[];
  readonly rows: readonly TableRow[];
}

export function tablesOf(document: Document): readonly Table[] {
  const prose = proseOf(document);
  return [...prose.matchAll(/(?:^\|.*\|\n)+/gmu)].map(({ 0: table, index }) => {
    const line = lineAt(prose, index);
    const rows = table
      .trimEnd()
      .split('\n')
      .map((row, offset) => ({ line: line + offset, cells: cellsOf(row) }));
    return {
      path: document.path,
      heading: headingsOf(prose.slice(0, index)).at(-1) ?? '',
      columns: rows[0]?.cells ?? [],
      rows: rows.slice(2),
    };
  });
}

function cellsOf(row: string): readonly string[] {
  return row
    .slice(1, -1)
    .split(/(?<!\\)\|/u)
    .map((cell) => cell.replaceAll('\\|', '|').trim());
}

/** The anchors of the headings, as GitHub makes them: of equal ones the later have a number. */
export function anchorsOf(document: Document): readonly string[] {
  const prose = proseOf(document);
  const seen = new Map<string, number>();
  const ofHeadings = headingsOf(prose).map((heading) => {
    const slug = heading
      .replaceAll(/!?\[(?<shown>[^\]]*)\]\([^)]*\)/gu, '$<shown>')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, '')
      .replaceAll(' ', '-');
    const count = seen.get(slug) ?? 0;
    seen.set(slug, count + 1);
    return count === 0 ? slug : `${slug}-${count}`;
  });
  const named = [...prose.matchAll(/<a (?:id|name)="(?<name>[^"]+)"/gu)];
  return [...ofHeadings, ...named.map(({ groups }) => groups?.['name'] ?? '')];
}

function headingsOf(prose: string): readonly string[] {
  return [...prose.matchAll(/^#{1,6} +(?<heading>.+?) *#*$/gmu)].map(
    ({ groups }) => groups?.['heading'] ?? '',
  );
}

export function lineAt(text: string, index: number): number {
  return text.slice(0, index).split('\n').length;
}

function blank(text: string): string {
  return text.replaceAll(/[^\n]/gu, ' ');
}
