import type { Document } from './document.ts';
import { codeBlocksOf, codeSpansOf, lineAt, type Piece } from './markdown.ts';

/** One command with its words, as a shell would run it. */
export interface ShellCommand {
  readonly path: string;
  readonly line: number;
  readonly words: readonly string[];
  /** False between backticks in a sentence, where what goes without saying is left out. */
  readonly isWhole: boolean;
}

/** What the documents' variables stand for. */
const VARIABLES: Readonly<Record<string, string>> = {
  ACCOUNT: '123456789012',
  AWS_REGION: 'eu-west-1',
};

/** The commands in blocks for a shell, behind `$ ` in blocks that show output, and between backticks. */
export function shellCommandsOf(document: Document): readonly ShellCommand[] {
  const inBlocks = codeBlocksOf(document).flatMap((block) => {
    const isScript = block.language === 'sh';
    if (!isScript && block.language !== '') return [];
    const lines = block.text.matchAll(/^(?<prompt>\$ )?(?<line>(?:.*\\\n)*.*)$/gmu);
    return [...lines].flatMap(({ groups, index }) =>
      isScript || groups?.['prompt'] !== undefined || /^node|^npx/u.test(groups?.['line'] ?? '')
        ? [
            {
              ...block,
              line: block.line + lineAt(block.text, index) - 1,
              text: groups?.['line'] ?? '',
            },
          ]
        : [],
    );
  });
  return [
    ...inBlocks.flatMap((line) => commandsIn(line, true)),
    ...codeSpansOf(document).flatMap((span) => commandsIn(span, false)),
  ];
}

function commandsIn({ line, path, text }: Piece, isWhole: boolean): readonly ShellCommand[] {
  const words = text
    .replaceAll('\\\n', ' ')
    .matchAll(/&&|[|;>]|(?:^|\s)#.*|(?:'[^']*'|"[^"]*"|[^\s'"|;>#&]|(?<=\S)[#&])+/gu);
  const commands: string[][] = [[]];
  let isRedirected = false;
  for (const [word] of words) {
    if (/^\s?#/u.test(word)) break;
    if (/^(?:&&|[|;])$/u.test(word)) {
      commands.push([]);
      isRedirected = false;
    } else if (word === '>') isRedirected = true;
    else if (!isRedirected) commands.at(-1)?.push(unquoted(word));
  }
  return commands
    .map((command) => command.slice(command.findIndex((word) => !/^[A-Z_]+=/u.test(word))))
    .filter((command) => command.length > 1)
    .map((command) => ({ path, line, words: command, isWhole }));
}

function unquoted(word: string): string {
  return word
    .replaceAll(/['"]/gu, '')
    .replaceAll(/\$(?<name>[A-Z_]+)/gu, (all, name: string) => VARIABLES[name] ?? all);
}
