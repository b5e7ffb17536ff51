import type { Command } from 'commander';
import { complain } from './complain.ts';
import type { Document } from './document.ts';
import { codeSpansOf, tablesOf } from './markdown.ts';
import { type ProgramCommand, programCommands } from './program-commands.ts';
import { repositoryFiles } from './repository-files.ts';
import { scriptOptions } from './script-options.ts';

/** Options of other programs that the documents speak of. */
const FOREIGN: Readonly<Record<string, readonly string[]>> = {
  node: ['--import', '--require', '--env-file', '--unhandled-rejections'],
  docker: ['--init'],
  esbuild: ['--format', '--banner', '--external'],
  aws: ['--create-bucket-configuration'],
};

const commands = programCommands();
const ofScripts = [...repositoryFiles]
  .filter((file) => /^(?:bench|scripts|examples\/demo)\/[^/]+\.m?[jt]s$/u.test(file))
  .flatMap(scriptOptions);

/** Options in the prose that neither the program has nor another one that is known. */
export function wrongFlags(document: Document): readonly string[] {
  const known = [
    '--help',
    '--version',
    ...commands.flatMap(longsOf),
    ...ofScripts,
    ...Object.values(FOREIGN).flat(),
  ];
  return codeSpansOf(document).flatMap((span) => {
    const flag = /^--[a-z][\w-]*/u.exec(span.text)?.[0];
    if (flag === undefined || known.includes(flag)) return [];
    return [complain(span, `names the option ${flag}, which no command has`, flag, known)];
  });
}

/** Rows of a command's table of options that do not say what its `--help` says. */
export function wrongFlagRows(document: Document): readonly string[] {
  return tablesOf(document).flatMap(({ columns, heading, path, rows }) => {
    const own = commandsOfHeading(heading);
    if (columns[0] !== 'option' || own.length === 0) return [];
    return rows.flatMap(({ cells, line }) =>
      own.flatMap(({ command, name }) => {
        const written = [...(cells[0] ?? '').matchAll(/`(?<flags>--[^`]+)`/gu)];
        const candidates = command.options.map(({ flags }) => flags);
        return written
          .map(({ groups }) => groups?.['flags'] ?? '')
          .filter((flags) => !candidates.includes(flags) && !longsOf({ command }).includes(flags))
          .map((flags) =>
            complain({ path, line }, `says that ${name} has \`${flags}\``, flags, candidates),
          );
      }),
    );
  });
}

/** Headings such as `tail sqs <queue>` whose arguments are others than the program's. */
export function wrongUsages(document: Document): readonly string[] {
  return codeSpansOf(document).flatMap((span) => {
    const named = commands.find(({ name }) => span.text.startsWith(`${name} `));
    const given = span.text.slice((named?.name.length ?? 0) + 1);
    if (named === undefined || !/^[<[]/u.test(given)) return [];
    const wanted = named.command.registeredArguments.map((one) => {
      const name = `${one.name()}${one.variadic ? '...' : ''}`;
      return one.required ? `<${name}>` : `[${name}]`;
    });
    if (wanted.join(' ') === given) return [];
    const usage = `${named.name} ${wanted.join(' ')}`;
    return [complain(span, `says \`${span.text}\``, usage, [usage])];
  });
}

/** Options of the program that no document names. */
export function untoldFlags(documents: readonly Document[]): readonly string[] {
  const told = new Set(
    documents.flatMap((document) =>
      codeSpansOf(document).flatMap(({ text }) => text.match(/--[a-z][\w-]*/gu) ?? []),
    ),
  );
  return commands.flatMap((one) =>
    longsOf(one)
      .filter((flag) => !told.has(flag))
      .map((flag) => `${one.name} ${flag}`),
  );
}

/** `tail` and `decode` between backticks stand for those and what is below them. */
function commandsOfHeading(heading: string): readonly ProgramCommand[] {
  const spans = [...heading.matchAll(/`(?<code>[^`]+)`/gu)].map(
    ({ groups }) => groups?.['code'] ?? '',
  );
  const names = spans.length === 0 ? [heading] : spans.map((code) => code.replace(/ [<[].*/u, ''));
  return commands.filter(({ name }) =>
    names.some((wanted) => name === wanted || name.startsWith(`${wanted} `)),
  );
}

function longsOf({ command }: { readonly command: Command }): readonly string[] {
  return command.options.flatMap(({ long }) => long ?? []);
}
