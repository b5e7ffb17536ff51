// npm run generate writes the lists that are derived from the folders of destinations and local services.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { DestinationManifest } from '../src/manifest/destination-manifest.ts';
import { destinationFolders } from './destination-folders.ts';

/** A file of the repository, and what has to stand in it. */
export interface GeneratedFile {
  readonly path: string;
  readonly text: string;
}

const HEADER = '// Written by `npm run generate` from the folders of `src`. Do not edit.\n';

export async function generatedFiles(): Promise<readonly GeneratedFile[]> {
  const names = await destinationNames();
  return [
    { path: 'src/destinations/manifests.ts', text: manifestsFile(names) },
    { path: 'src/cli/destinations.ts', text: commandsFile(names) },
  ];
}

/** In the order in which they are listed for users: those of AWS, then the others. */
async function destinationNames(): Promise<readonly string[]> {
  const manifests = await Promise.all(destinationFolders().map(loadManifest));
  const isAws = ({ packageName = '' }: DestinationManifest): boolean =>
    packageName.startsWith('@aws-sdk/');
  const ofAws = manifests.filter(isAws);
  const others = manifests.filter((one) => !isAws(one));
  return [...ofAws, ...others].map(({ name }) => name);
}

async function loadManifest(folder: string): Promise<DestinationManifest> {
  const { manifest }: { readonly manifest: DestinationManifest } = await import(
    `../src/destinations/${folder}/manifest.ts`
  );
  if (manifest.name === folder) return manifest;
  throw new Error(`Expected the name \`${folder}\` in its manifest, got \`${manifest.name}\``);
}

function manifestsFile(names: readonly string[]): string {
  const imports = names.map(
    (name) => `import { manifest as ${variableFor(name)} } from './${name}/manifest.ts';\n`,
  );
  const members = names.map((name) => `  ${memberFor(name)},\n`);
  return [
    HEADER,
    "import type { DestinationManifest } from '../manifest/destination-manifest.ts';\n",
    ...imports.toSorted(byPath),
    '\n/** As in `OTEL_LOGS_EXPORTER`. */\n',
    `export type DestinationName =${names.map((name) => `\n  | '${name}'`).join('')};\n`,
    '\nexport const MANIFESTS: Readonly<Record<DestinationName, DestinationManifest>> = {\n',
    ...members,
    '};\n',
  ].join('');
}

function commandsFile(names: readonly string[]): string {
  const tails = destinationFolders('cli/tail-command.ts');
  const tailOnes = names.filter((name) => tails.includes(name));
  const imports = tailOnes.map(
    (name) =>
      `import { tailCommand as ${variableFor(name)}Tail } from '../destinations/${name}/cli/tail-command.ts';\n`,
  );
  const loaders = names.map(
    (name) =>
      `  ${keyFor(name)}: async () =>\n    (await import('../destinations/${name}/cli/commands.ts')).commands,\n`,
  );
  return [
    HEADER,
    "import type { DestinationName } from '../destinations/manifests.ts';\n",
    ...imports,
    "import type { DestinationCommands } from './destination-commands.ts';\n",
    "import type { CreateSourceCommand } from './tail/create-source-command.ts';\n",
    '\n/** What the commands know of a destination; it loads when a command runs. */\n',
    'export const LOAD_COMMANDS: Readonly<\n',
    '  Record<DestinationName, () => Promise<DestinationCommands>>\n> = {\n',
    ...loaders,
    '};\n',
    '\n/** Of the destinations that can be read back. */\n',
    'export const TAIL_COMMANDS: readonly CreateSourceCommand[] = [\n',
    ...tailOnes.map((name) => `  ${variableFor(name)}Tail,\n`),
    '];\n',
  ].join('');
}

/** As the formatter orders imports. */
function byPath(one: string, other: string): number {
  const pathOf = (statement: string): string => /from '(.*)'/u.exec(statement)?.[1] ?? '';
  return pathOf(one) < pathOf(other) ? -1 : 1;
}

/** `cloudwatchLogs` */
function variableFor(name: string): string {
  return name.replaceAll(/-./gu, (letters) => letters.slice(1).toUpperCase());
}

function keyFor(name: string): string {
  return variableFor(name) === name ? name : `'${name}'`;
}

function memberFor(name: string): string {
  return variableFor(name) === name ? name : `'${name}': ${variableFor(name)}`;
}

export const repositoryFile = (path: string): string =>
  fileURLToPath(new URL(`../${path}`, import.meta.url));

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const { path, text } of await generatedFiles()) {
    const file = repositoryFile(path);
    if (readFileSync(file, { encoding: 'utf8', flag: 'a+' }) === text) continue;
    writeFileSync(file, text);
    console.log(`${path} is written anew`);
  }
}
