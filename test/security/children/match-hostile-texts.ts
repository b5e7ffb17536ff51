// Matches each regular expression that comes in against texts of 1 MB, and says with which it begins.
import { writeSync } from 'node:fs';

const LENGTH = 1_000_000;
const sources: readonly (readonly [string, string])[] = JSON.parse(process.argv[2] ?? '[]');

for (const [source, flags] of sources) {
  writeSync(1, `${source}\n`);
  const expression = new RegExp(source, flags);
  for (const text of hostileTexts(source)) {
    expression.lastIndex = 0;
    if (flags.includes('g')) text.replaceAll(expression, '');
    else expression.exec(text);
  }
}
writeSync(1, 'done\n');

/** What repeats is made of what the expression itself speaks of; what follows makes it fail at the end. */
function* hostileTexts(source: string): Generator<string> {
  const literal = source.replaceAll(/\\[pP]\{\w+\}|\\u\{?\w+\}?|\\./gu, ' ');
  const characters = new Set([...literal.matchAll(/[^\s()[\]?*+^$|]/gu)].map(([one]) => one));
  const pumps = ['a', '0', ' ', 'a-', '\0', ...characters];
  const heads = ['', literal.split(/[()[\]?*+^$|{]/u)[0] ?? ''];
  for (const pump of new Set(pumps)) {
    const body = pump.repeat(LENGTH / pump.length);
    for (const head of new Set(heads)) yield `${head}${body}\u0001`;
  }
}
