import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** A declaration as TypeScript users see it. */
export interface Declaration {
  readonly name: string;
  /** Without comments. */
  readonly text: string;
  readonly hasDoc: boolean;
  readonly isExported: boolean;
}

interface DeclarationFile {
  /** By the name in this file. */
  readonly imports: ReadonlyMap<string, { readonly path: string; readonly name: string }>;
  /** By the exported name, the name in this file. */
  readonly exports: ReadonlyMap<string, string>;
  readonly declarations: ReadonlyMap<string, { readonly text: string; readonly hasDoc: boolean }>;
}

const START =
  /^(?:export )?(?:declare )?(?:abstract )?(?:interface|type|class|function|const) (?<name>\w+)/u;

/**
 * What an entry point exports, and what that is made of, by name. Reads what the build wrote: a file has its
 * imports, its declarations from the first column on, and one list of exports.
 */
export function readApi(entryFile: string): readonly Declaration[] {
  const files = new Map<string, DeclarationFile>();
  const fileAt = (path: string): DeclarationFile => {
    const known = files.get(path) ?? parseFile(path);
    files.set(path, known);
    return known;
  };
  const found = new Map<string, Declaration>();
  const collect = (path: string, name: string, exportedAs: string | undefined): void => {
    const file = fileAt(path);
    const imported = file.imports.get(name);
    if (imported !== undefined) {
      const local = fileAt(imported.path).exports.get(imported.name);
      if (local !== undefined) collect(imported.path, local, exportedAs ?? undefined);
      return;
    }
    const declaration = file.declarations.get(name);
    const key = exportedAs ?? `${name} in ${path}`;
    if (declaration === undefined || found.has(key)) return;
    const isExported = exportedAs !== undefined;
    // What is exported under its name comes first, and is not told again where it is used.
    if (!isExported && [...found.values()].some(({ text }) => text === declaration.text)) return;
    found.set(key, { name: exportedAs ?? name, isExported, ...declaration });
    for (const [word] of declaration.text.matchAll(/\b[A-Za-z_]\w*\b/gu)) {
      if (word !== name && (file.imports.has(word) || file.declarations.has(word)))
        pending.push(() => collect(path, word, undefined));
    }
  };
  const pending: (() => void)[] = [];
  for (const [exported, local] of fileAt(entryFile).exports) collect(entryFile, local, exported);
  for (let next = pending.shift(); next !== undefined; next = pending.shift()) next();
  return [...found.values()].sort(
    (one, other) =>
      Number(other.isExported) - Number(one.isExported) || (one.name < other.name ? -1 : 1),
  );
}

function parseFile(path: string): DeclarationFile {
  const source = readFileSync(path, 'utf8');
  return {
    imports: new Map(importsOf(source, path)),
    exports: new Map(exportsOf(source)),
    declarations: new Map(declarationsOf(source)),
  };
}

function* importsOf(
  source: string,
  path: string,
): Generator<readonly [string, { readonly path: string; readonly name: string }]> {
  for (const { groups } of source.matchAll(
    /^import (?:type )?\{(?<names>[^}]*)\} from "(?<from>\.[^"]*)";/gmu,
  )) {
    const file = resolve(dirname(path), (groups?.['from'] ?? '').replace(/\.mjs$/u, '.d.mts'));
    for (const [name, local] of namesIn(groups?.['names'])) yield [local, { path: file, name }];
  }
}

function* exportsOf(source: string): Generator<readonly [string, string]> {
  for (const { groups } of source.matchAll(/^export \{(?<names>[^}]*)\};?/gmu)) {
    for (const [local, exported] of namesIn(groups?.['names'])) yield [exported, local];
  }
}

function* declarationsOf(
  source: string,
): Generator<readonly [string, { readonly text: string; readonly hasDoc: boolean }]> {
  const withoutLists = source.replaceAll(/^(?:import|export) (?:type )?\{[^}]*\}.*$/gmu, '');
  const parts = withoutLists.split(
    /^(?=\/\*\*|(?:export |declare |abstract )*(?:interface|type|class|function|const) )/gmu,
  );
  let hasDoc = false;
  for (const part of parts) {
    const code = part.replaceAll(/\/\*(?:[^*]|\*(?!\/))*\*\//gu, '').trim();
    const name = START.exec(code)?.groups?.['name'];
    if (name !== undefined) yield [name, { text: tidy(code), hasDoc }];
    hasDoc = part.startsWith('/**') && code === '';
  }
}

function* namesIn(list = ''): Generator<readonly [name: string, local: string]> {
  for (const item of list.split(',')) {
    const [name = '', local = name] = item
      .trim()
      .replace(/^type /u, '')
      .split(' as ');
    if (name !== '') yield [name, local];
  }
}

function tidy(code: string): string {
  return code
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line !== '' && !/^\s*(?:#private;|private [^(]*;)$/u.test(line))
    .join('\n');
}
