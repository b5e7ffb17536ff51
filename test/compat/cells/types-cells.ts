import { bare, current, type Folder, previous } from './folders.ts';
import { otherTypeScript, ownTypeScript } from './versions.ts';

/** A project's settings: what users choose, and where TypeScript then looks for types. */
export interface TypesCell {
  readonly typescript: string;
  readonly folder: Folder;
  readonly module: 'nodenext' | 'commonjs' | 'esnext';
  readonly moduleResolution: 'nodenext' | 'node10' | 'bundler';
  readonly exactOptionalPropertyTypes: boolean;
}

export const typesCells: readonly TypesCell[] = [otherTypeScript, ownTypeScript].flatMap(
  (typescript) => [
    ...settings(typescript, current),
    ...settings(typescript, previous),
    {
      typescript,
      folder: bare,
      module: 'nodenext',
      moduleResolution: 'nodenext',
      exactOptionalPropertyTypes: false,
    },
  ],
);

function settings(typescript: string, folder: Folder): TypesCell[] {
  const nodenext = { module: 'nodenext', moduleResolution: 'nodenext' } as const;
  // `commonjs` has one resolution in each: 5.9 knows no other beside it, and 7 no `node10`.
  const moduleResolution = typescript === otherTypeScript ? 'node10' : 'bundler';
  const commonjs = { module: 'commonjs', moduleResolution } as const;
  const bundler = { module: 'esnext', moduleResolution: 'bundler' } as const;
  const cell = { typescript, folder };
  return [
    { ...cell, ...nodenext, exactOptionalPropertyTypes: false },
    { ...cell, ...commonjs, exactOptionalPropertyTypes: false },
    // How modules are resolved and what may be undefined have nothing to do with each other: once is enough.
    { ...cell, ...bundler, exactOptionalPropertyTypes: true },
  ];
}
