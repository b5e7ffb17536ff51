import { describe, expect, it } from 'vitest';
import { documents } from './support/document.ts';
import { untypedNames } from './support/foreign-names.ts';
import { repositorySources } from './support/repository-files.ts';
import { wrongExports } from './support/wrong-exports.ts';
import { wrongNames, wrongOptionRows, wrongValues } from './support/wrong-names.ts';

describe.each(documents)('$path', (document) => {
  it('takes from each subpath what it exports', () => {
    expect(wrongExports(document)).toEqual([]);
  });

  it('names options, their values and other code that there is', () => {
    expect(wrongNames(document)).toEqual([]);
    expect(wrongValues(document)).toEqual([]);
    expect(wrongOptionRows(document)).toEqual([]);
  });
});

it.each(untypedNames)('%s, which no declaration has, is in the code', (name) => {
  expect(repositorySources.some(({ text }) => text.includes(name))).toBe(true);
});

describe('what is wrong is told with its line and what was likely meant:', () => {
  it('an export', () => {
    const text =
      'Take\n`ZeroMqLogReceiver`, `ZeroMqLogReciever` of\n`collectorless/zeromq`, and `collectorless/decod`.' +
      "\n```js\n// first\nimport { flushAl } from 'collectorless';\n```\n";
    expect(wrongExports({ path: 'x.md', text })).toEqual([
      'x.md:2 takes ZeroMqLogReciever from collectorless/zeromq; the closest is ZeroMqLogReceiver',
      'x.md:6 takes flushAl from collectorless; the closest is flushAll',
      'x.md:3 names collectorless/decod, which is no subpath; the closest is collectorless/decode',
    ]);
  });

  it('a name in a sentence', () => {
    const text = '`timeoutMillis` or\n`timeoutMs`, `new FirehoseExporter({})`, `{service.name}`';
    expect(wrongNames({ path: 'x.md', text })).toEqual([
      expect.stringContaining('x.md:2 names timeoutMs, which is nowhere; the closest is '),
      expect.stringContaining('x.md:2 names FirehoseExporter, which is nowhere; the closest is '),
    ]);
  });

  it("an option's value", () => {
    const text = "`oversize: 'split'`, `oversize: 'cut'`, `encoding: 'messagepack'`";
    expect(wrongValues({ path: 'x.md', text })).toEqual([
      "x.md:1 says `oversize: 'cut'`",
      "x.md:1 says `encoding: 'messagepack'`; the closest is msgpack",
    ]);
  });

  it('a table of options', () => {
    const text = "| option | why |\n| --- | --- |\n| `url`, `uri: 'x'` | |\n";
    expect(wrongOptionRows({ path: 'x.md', text })).toEqual([
      'x.md:3 names the option uri, which is nowhere; the closest is url',
    ]);
  });
});
