import { RECONNECT } from '../../../src/destinations/zeromq/zeromq-limits.ts';
import type { Claim } from './claims.ts';
import { programCommands } from './program-commands.ts';
import { sourceNumber } from './source-number.ts';

/** As the documents say it. A time that is not here needs words of its own. */
const TIMES: Readonly<Record<number, string>> = {
  250: 'a quarter of a second',
  500: 'half a second',
  1000: 'a second',
  2000: 'two seconds',
};
const COUNTS: Readonly<Record<number, string>> = { 3: 'three', 5: 'five' };

const time = (file: string, name: string): string => TIMES[sourceNumber(file, name)] ?? '?';
const count = (file: string, name: string): string => COUNTS[sourceNumber(file, name)] ?? '?';

/** What an option or an argument of a command is unless it is given. */
function defaultOf(command: string, name: string): unknown {
  const found = programCommands().find((one) => one.name === command)?.command;
  const option = found?.options.find(({ long }) => long === name);
  const argument = found?.registeredArguments.find((one) => one.name() === name);
  return option?.defaultValue ?? argument?.defaultValue;
}

/** Claims whose numbers are words, and defaults of commands. */
export const spokenClaims: readonly Claim[] = [
  ['docs/delivery.md', `failed ${count('lane.ts', 'TROUBLED_AFTER_FAILURES')} times in a row`],
  ['docs/delivery.md', `when it has waited ${time('lane.ts', 'LINGER_MILLIS')} for more`],
  [
    'docs/delivery.md',
    `once more ${time('retry-time.ts', 'LAST_ATTEMPT_MILLIS')} before the deadline`,
  ],
  [
    'docs/delivery.md',
    `the next ones get ${time('destination-log-record-exporter.ts', 'NEXT_FLUSH_MILLIS')}`,
  ],
  [
    'docs/delivery.md',
    `the disk is tried again ${time('disk-health.ts', 'PROBE_INTERVAL_MILLIS').replace('a ', 'each ')}`,
  ],
  [
    'docs/exit.md',
    `it comes ${time('guard-signals.ts', 'SAME_WISH_MILLIS')} or more after the first`,
  ],
  ['docs/zeromq.md', `within about ${TIMES[RECONNECT.reconnectMaxInterval] ?? '?'}`],
  ['docs/http.md', `${count('http-limits.ts', 'maxRedirects')} times at most`],
  ['docs/cli.md', `time for the test record, default ${defaultOf('doctor', '--timeout-millis')}.`],
  ['docs/cli-tail.md', `\`--hide-seconds\` (${defaultOf('tail sqs', '--hide-seconds')})`],
  ['docs/cli-tail.md', `Listens with PULL at \`${defaultOf('tail zeromq', 'endpoint')}\``],
  [
    'docs/cli-tail.md',
    `Begins with the last ${defaultOf('tail file', '--lines')} lines (\`--lines <count>\``,
  ],
  ['docs/cli-tail.md', `the port of the AWS services, default ${defaultOf('demo', '--port')};`],
];
