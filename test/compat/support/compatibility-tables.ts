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
      rowsOfTypes(),
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

/** Cells that differ in `exactOptionalPropertyTypes` alone are one row. */
function rowsOfTypes(): string[][] {
  const key = ({ exactOptionalPropertyTypes: _, folder, ...others }: TypesCell): string =>
    JSON.stringify([folder.name, others]);
  return [...Map.groupBy(typesCells, key).values()].flatMap((cells) => {
    const [first] = cells;
    if (first === undefined) return [];
    const { folder, module, moduleResolution, typescript } = first;
    const exact = cells.map((cell) => (cell.exactOptionalPropertyTypes ? 'on' : 'off'));
    const sdkLogs = versionIn(folder, '@opentelemetry/sdk-logs');
    const beside = folder === bare ? `${sdkLogs}, no optional peer` : sdkLogs;
    return [[typescript, module, moduleResolution, exact.join(' and '), beside]];
  });
}

function versionIn({ packages }: Folder, name: string): string {
  return packages[name] ?? '–';
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n');
}
