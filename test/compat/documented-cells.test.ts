import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { compatibilityTables } from './support/compatibility-tables.ts';

it('documents what the compatibility job tries, and nothing else', () => {
  const text = readFileSync(new URL('../../docs/compatibility.md', import.meta.url), 'utf8');
  expect(text.match(/(?:^\|.*\n)+/gmu)?.map((table) => table.trimEnd())).toEqual(
    compatibilityTables(),
  );
});
