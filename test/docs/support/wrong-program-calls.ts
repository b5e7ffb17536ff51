import { CommanderError } from 'commander';
import { DESTINATION_VARIABLES } from '../../support/destination-variables.ts';
import { complain } from './complain.ts';
import { createIdleProgram } from './program-commands.ts';
import type { ShellCommand } from './shell-commands.ts';

/** What ends a call without being wrong: help was asked for, or a sentence leaves out what is clear. */
const FINE = ['commander.helpDisplayed', 'commander.version'];
const FINE_IN_A_SENTENCE = [...FINE, 'commander.help', 'commander.missingArgument'];

/** Asks the real program whether it takes a call of `collectorless`. */
export function wrongProgramCall(call: ShellCommand): readonly string[] {
  const words = call.words.slice(call.words.indexOf('collectorless') + 1);
  // A text of the program that begins with its name.
  if (words[0]?.endsWith(':')) return [];
  const shown = `\`collectorless ${words.join(' ')}\``;
  try {
    createIdleProgram().parse([...words], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if ((call.isWhole ? FINE : FINE_IN_A_SENTENCE).includes(error.code)) return [];
    const problem = error.message.replace(/^error: /u, '').replaceAll('\n', ' ');
    return [complain(call, `calls ${shown}: ${problem}`, '', [])];
  }
  return ['doctor', 'iam'].includes(words[0] ?? '') ? wrongSettings(call, words, shown) : [];
}

/** Commander leaves the names of exporters and of their options to the commands. */
function wrongSettings(
  call: ShellCommand,
  words: readonly string[],
  shown: string,
): readonly string[] {
  const all = Object.entries(DESTINATION_VARIABLES);
  const named = all.filter(([name]) => words.includes(name));
  const isBare = words.length === 1 || words[1]?.startsWith('-');
  if (named.length === 0 && !isBare) {
    return [
      complain(
        call,
        `calls ${shown} for no exporter`,
        words[1] ?? '',
        Object.keys(DESTINATION_VARIABLES),
      ),
    ];
  }
  const options = (named.length === 0 ? all : named).flatMap(([, { variables }]) =>
    variables.map(({ option }) => option),
  );
  return words.flatMap((word, index) => {
    const option = word.split('=', 1)[0] ?? '';
    if (words[index - 1] !== '--set' || options.includes(option)) return [];
    return [complain(call, `calls ${shown}: there is no option ${option}`, option, options)];
  });
}
