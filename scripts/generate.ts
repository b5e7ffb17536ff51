// npm run generate writes the lists that are derived from the folders of destinations and local services.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { DestinationManifest } from '../src/manifest/destination-manifest.ts';
import { destinationFolders, localServiceFolders } from './destination-folders.ts';

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
    { path: 'src/cli/destinations.ts', text: await commandsFile(names) },
    { path: 'src/testing/aws-services.ts', text: await servicesFile() },
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

async function commandsFile(names: readonly string[]): Promise<string> {
  const needsAws = await Promise.all(names.map(callsAws));
  const awsNames = names.filter((_, index) => needsAws[index]);
  const list = (all: readonly string[]): string => all.map((name) => `  '${name}',\n`).join('');
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
    '\n/** As users see them listed. */\n',
    `export const DESTINATION_NAMES: readonly DestinationName[] = [\n${list(names)}];\n`,
    '\n/** Those that need permissions of AWS. */\n',
    `export const AWS_NAMES: readonly DestinationName[] = [\n${list(awsNames)}];\n`,
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

async function callsAws(name: string): Promise<boolean> {
  const { commands }: { readonly commands: { readonly iam?: unknown } } = await import(
    `../src/destinations/${name}/cli/commands.ts`
  );
  return commands.iam !== undefined;
}

async function servicesFile(): Promise<string> {
  const services = await Promise.all(
    localServiceFolders().map(async (folder) => ({ folder, property: await propertyOf(folder) })),
  );
  const each = (line: (property: string, folder: string) => string): string =>
    services.map(({ folder, property }) => line(property, folder)).join('');
  return [
    HEADER,
    "import type { AwsService } from './aws/aws-service.ts';\n",
    "import type { LocalAwsServiceParts, OptionsOf, StoreOf } from './aws/local-aws-service.ts';\n",
    each(
      (property, folder) =>
        `import { localService as ${property} } from './${folder}/local-service.ts';\n`,
    ),
    '\nexport type LocalAwsServiceName =',
    each((_, folder) => `\n  | '${folder}'`),
    ';\n\n/** The operation that carries records, by service. */\n',
    'export const RECORD_OPERATIONS: Readonly<Record<LocalAwsServiceName, string>> = {\n',
    each((property, folder) => `  ${keyFor(folder)}: ${property}.operation,\n`),
    '};\n\n/** What arrived at each service. */\nexport interface AwsStores {\n',
    each((property) => `  readonly ${property}: StoreOf<typeof ${property}>;\n`),
    '}\n\nexport interface AwsStoreOptions {\n',
    each((property) => `  readonly ${property}?: OptionsOf<typeof ${property}>;\n`),
    '}\n\nexport function createAwsServices(\n',
    '  options: AwsStoreOptions,\n  parts: LocalAwsServiceParts,\n',
    '): { readonly stores: AwsStores; readonly services: readonly AwsService[] } {\n',
    '  const created = {\n',
    each((property) => `    ${property}: ${property}.create(options.${property}, parts),\n`),
    '  };\n  return {\n    stores: {\n',
    each((property) => `      ${property}: created.${property}.store,\n`),
    '    },\n    services: Object.values(created).map(({ service }) => service),\n  };\n}\n',
  ].join('');
}

async function propertyOf(folder: string): Promise<string> {
  const { localService }: { readonly localService: { readonly property: string } } = await import(
    `../src/testing/${folder}/local-service.ts`
  );
  return localService.property;
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
