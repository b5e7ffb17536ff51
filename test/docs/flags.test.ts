import { describe, expect, it } from 'vitest';
import { documents } from './support/document.ts';
import { untoldFlags, wrongFlagRows, wrongFlags, wrongUsages } from './support/wrong-flags.ts';

describe.each(documents)('$path', (document) => {
  it('names options of commands that have them', () => {
    expect(wrongFlags(document)).toEqual([]);
  });

  it('says of commands what their --help says', () => {
    expect([...wrongFlagRows(document), ...wrongUsages(document)]).toEqual([]);
  });
});

it('every option of every command is in a document', () => {
  expect(untoldFlags(documents)).toEqual([]);
});

describe('what is wrong is told with its line and what was likely meant:', () => {
  it('an option in a sentence', () => {
    const text = 'Take\n`--hide-second`.';
    expect(wrongFlags({ path: 'x.md', text })).toEqual([
      'x.md:2 names the option --hide-second, which no command has; the closest is --hide-seconds',
    ]);
  });

  it('an option in a table', () => {
    const table = '| option | meaning |\n| --- | --- |\n| `--account <name>` | |\n';
    expect(wrongFlagRows({ path: 'x.md', text: `## iam\n\n${table}` })).toEqual([
      'x.md:5 says that iam has `--account <name>`; the closest is --account <id>',
    ]);
  });

  it('the arguments of a command', () => {
    const text = '### `tail sqs [queue]`';
    expect(wrongUsages({ path: 'x.md', text })).toEqual([
      'x.md:1 says `tail sqs [queue]`; the closest is tail sqs <queue>',
    ]);
  });

  it('an option that is in no document', () => {
    expect(untoldFlags([])).toContain('tail sqs --hide-seconds');
  });
});
