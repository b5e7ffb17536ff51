import { bare, type Folder, type Line, lines } from '../cells/folders.ts';
import { type TypesCell, typesCells } from '../cells/types-cells.ts';

/** The tables of `docs/compatibility.md`, made of what the cells are. */
export function compatibilityTables(): readonly string[] {
  return [
    table(
      [
        'sdk-logs',
        'api',
        'auto-instrumentations-node',
        'AWS clients',
        'zeromq',
        'installed by',
        'Node.js',
      ],
      lines.map(rowOfLine),
    ),
    table(
      ['TypeScript', 'module', 'moduleResolution', 'exactOptionalPropertyTypes', 'sdk-logs'],
      typesCells.map(rowOfTypes),
    ),
  ];
}

function rowOfLine(line: Line): string[] {
  return [
    versionIn(line, '@opentelemetry/sdk-logs'),
    versionIn(line, '@opentelemetry/api'),
    versionIn(line, '@opentelemetry/auto-instrumentations-node'),
    versionIn(line, '@aws-sdk/client-sqs'),
    versionIn(line, 'zeromq'),
    line.installer,
    line.nodeVersions.join(', '),
  ];
}

function rowOfTypes(cell: TypesCell): string[] {
  const { exactOptionalPropertyTypes, folder, module, moduleResolution, typescript } = cell;
  const sdkLogs = versionIn(folder, '@opentelemetry/sdk-logs');
  const beside = folder === bare ? `${sdkLogs}, no optional peer` : sdkLogs;
  return [typescript, module, moduleResolution, exactOptionalPropertyTypes ? 'on' : 'off', beside];
}

function versionIn({ packages }: Folder, name: string): string {
  return packages[name] ?? '–';
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n');
}
