import type { Document } from './document.ts';
import { type ShellCommand, shellCommandsOf } from './shell-commands.ts';
import { wrongNodeCall, wrongNpmCall, wrongNpxCall } from './wrong-npm-calls.ts';
import { wrongProgramCall } from './wrong-program-calls.ts';

/** Calls of npm, npx, node and the program of this package that would not run. */
export function wrongCommands(document: Document): readonly string[] {
  return shellCommandsOf(document).flatMap(wrongCommand);
}

function wrongCommand(call: ShellCommand): readonly string[] {
  const [first, second] = call.words;
  if (first === 'collectorless' || second === 'collectorless') {
    return first === 'npx' || first === 'collectorless' ? wrongProgramCall(call) : [];
  }
  if (first === 'npm') return wrongNpmCall(call);
  if (first === 'npx') return [...wrongNpxCall(call), ...wrongNodeCall(call)];
  return first === 'node' ? wrongNodeCall(call) : [];
}
