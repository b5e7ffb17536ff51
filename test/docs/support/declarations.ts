import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { entryPoints } from '../../../scripts/entry-points.ts';
import { packageRoot } from '../../packaging/support/package-root.ts';

const dist = join(packageRoot, 'dist');
if (!existsSync(dist)) {
  throw new Error('These tests read the built declarations: `npm run build` first, or `npm test`.');
}

const declarations = readdirSync(dist, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.d.mts'))
  .map((name) => readFileSync(join(dist, name), 'utf8').replaceAll(/\/\*.*?\*\//gsu, ''));

/** The names that each subpath exports, types among them; the root is `collectorless`. */
export const exportsOf: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.keys(entryPoints).map((name) => [
    name === 'index' ? 'collectorless' : `collectorless/${name}`,
    exportedNames(readFileSync(join(dist, `${name}.d.mts`), 'utf8')),
  ]),
);

export const exportedNamesOfAll: ReadonlySet<string> = new Set(
  [...exportsOf.values()].flatMap((names) => [...names]),
);

function exportedNames(declaration: string): ReadonlySet<string> {
  const lists = [...declaration.matchAll(/^export \{(?<names>[^}]*)\}/gmu)];
  return new Set(
    lists.flatMap(({ groups }) =>
      (groups?.['names'] ?? '')
        .split(',')
        .map((name) =>
          name
            .replace(/^\s*(?:type )?/u, '')
            .replace(/.* as /u, '')
            .trim(),
        )
        .filter((name) => name !== ''),
    ),
  );
}

/** What is declared for the members of public types, by the member's name. */
const membersByName = new Map<string, string[]>();
for (const text of declarations) {
  const members = text.matchAll(
    /^\s+(?:(?:readonly|static|get|protected|abstract) )*(?<name>[A-Za-z_]\w*)\??(?<type>[:(<][^;]*)/gmu,
  );
  for (const { groups } of members) {
    const { name = '', type = '' } = groups ?? {};
    membersByName.set(name, [...(membersByName.get(name) ?? []), type]);
  }
}

export const memberNames: ReadonlySet<string> = new Set(membersByName.keys());

const aliases = new Map(
  declarations
    .flatMap((text) => [
      ...text.matchAll(/^(?:declare )?type (?<name>\w+)[^=]* = (?<type>[^;]*)/gmu),
    ])
    .map(({ groups }) => [groups?.['name'] ?? '', groups?.['type'] ?? '']),
);

/** The texts that a member may be, where it is one of a few; aliases of a type are looked up once. */
export function literalsOf(member: string): readonly string[] {
  const types = (membersByName.get(member) ?? []).flatMap((type) => [
    type,
    ...(type.match(/\b[A-Z]\w+/gu) ?? []).map((alias) => aliases.get(alias) ?? ''),
  ]);
  return types.flatMap((type) =>
    [...type.matchAll(/"(?<text>[^"]*)"/gu)].map(([, text = '']) => text),
  );
}
