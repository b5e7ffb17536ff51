import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createConsumer } from '../packaging/support/consumer.ts';
import { packageRoot } from '../packaging/support/package-root.ts';

/** What the pages take for granted: an app of the reader's. */
const READER = `
  declare const url: string;
  declare const tokens: { get(): Promise<string> };
  declare const server: { close(): Promise<void> };
  declare function store(record: object): void;
  declare function alarm(...facts: unknown[]): void;
`;

/** What an earlier block of the same page has imported. */
const IMPORTED = ['HttpLogRecordExporter'];

const docs = join(packageRoot, 'docs');
const samples = readdirSync(docs).flatMap((name) =>
  [...readFileSync(join(docs, name), 'utf8').matchAll(/^```(?:ts|js)\n(.*?)^```$/gmsu)].map(
    ([, code = ''], index) => ({ name: `${name.replace('.md', '')}-${index + 1}.mts`, code }),
  ),
);

function withImports(code: string): string {
  const missing = IMPORTED.filter((name) => code.includes(name) && !/^import /mu.test(code));
  const imports = missing.map((name) => `import { ${name} } from 'collectorless/http';\n`);
  return `${imports.join('')}${code}\nexport {};\n`;
}

test('the code in the documents compiles as a strict project', () => {
  expect(samples.length).toBeGreaterThan(10);
  const consumer = createConsumer({ withOptionalPeers: true, alsoInstalled: ['@types/node'] });
  onTestFinished(() => consumer.remove());
  consumer.write('reader.d.ts', READER);
  for (const { code, name } of samples) consumer.write(name, withImports(code));
  const compilerOptions = {
    module: 'nodenext',
    target: 'es2023',
    strict: true,
    skipLibCheck: true,
    noEmit: true,
    types: ['node'],
  };
  const files = ['reader.d.ts', ...samples.map(({ name }) => name)];
  consumer.write('tsconfig.json', JSON.stringify({ compilerOptions, files }));
  const tsc = join(packageRoot, 'node_modules/typescript/bin/tsc');
  expect(() => consumer.run(tsc, '-p', '.')).not.toThrow();
});
