import { expect, it } from 'vitest';
import { documents } from './support/document.ts';
import { shellCommandsOf } from './support/shell-commands.ts';
import { wrongCommands } from './support/wrong-commands.ts';

it.each(documents)(
  '$path calls scripts and programs that there are, with options they have',
  (document) => {
    expect(wrongCommands(document)).toEqual([]);
  },
);

it('reads the commands as a shell does', () => {
  const text = [
    'Run `A_B=1 npx one --x` or',
    '```sh',
    "cat - | npx two 'a b' \\",
    '  --y=$ACCOUNT > out.txt   # why',
    'npm ci && npm test',
    '```',
    '```',
    '$ npx three',
    'output of three',
    '```',
  ].join('\n');
  const found = shellCommandsOf({ path: 'x.md', text });
  expect(found.map(({ line, words }) => [line, ...words])).toEqual([
    [3, 'cat', '-'],
    [3, 'npx', 'two', 'a b', '--y=123456789012'],
    [5, 'npm', 'ci'],
    [5, 'npm', 'test'],
    [8, 'npx', 'three'],
    [1, 'npx', 'one', '--x'],
  ]);
});

it.each([
  ['npm run dmeo', 'runs the script dmeo, which is not there; the closest is demo'],
  [
    'npm run chaos -- --minute 5',
    'gives bench/chaos.ts --minute, which it does not know; the closest is --minutes',
  ],
  [
    'npm install collectorles',
    'installs collectorles, which nothing here knows; the closest is collectorless',
  ],
  ['npx vitesst run', 'runs vitesst by npx, which no package here has'],
  [
    'node bench/zeromq.ts --second 5',
    'gives bench/zeromq.ts --second, which it does not know; the closest is --seconds',
  ],
  [
    'npx collectorless docter',
    "calls `collectorless docter`: unknown command 'docter' (Did you mean doctor?)",
  ],
  [
    'npx collectorless iam sqs --acount 1',
    "calls `collectorless iam sqs --acount 1`: unknown option '--acount' (Did you mean --account?)",
  ],
  [
    'collectorless tail sqs a b',
    "calls `collectorless tail sqs a b`: too many arguments for 'sqs'. Expected 1 argument but got 2.",
  ],
  ['collectorless doctor rabbitmq', 'calls `collectorless doctor rabbitmq` for no exporter'],
  [
    'collectorless doctor sqs --set queue=a',
    'calls `collectorless doctor sqs --set queue=a`: there is no option queue; the closest is queueUrl',
  ],
])('`%s` is told with its line and what was likely meant', (command, told) => {
  expect(wrongCommands({ path: 'x.md', text: `Do\n\`${command}\`.` })).toEqual([`x.md:2 ${told}`]);
});
