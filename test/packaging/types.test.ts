import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { entryPoints } from '../../scripts/entry-points.ts';
import { type Consumer, createConsumer } from './support/consumer.ts';
import { packageRoot } from './support/package-root.ts';

const consumers: Consumer[] = [];

/** Type-checks a project that uses `specifiers` from ESM and CommonJS, declarations of packages included. */
function typeErrors(specifiers: readonly string[], withOptionalPeers: boolean): string {
  const consumer = createConsumer({ withOptionalPeers, alsoInstalled: ['@types/node'] });
  consumers.push(consumer);
  const uses = specifiers.map((specifier, index) => `import * as m${index} from '${specifier}';`);
  const text = `${uses.join('\n')}\nexport const used = [${specifiers.map((_, i) => `m${i}`)}];\n`;
  consumer.write('use.mts', text);
  consumer.write('use.cts', text);
  const compilerOptions = {
    module: 'nodenext',
    target: 'es2022',
    strict: true,
    skipLibCheck: false,
    noEmit: true,
    types: ['node'],
  };
  consumer.write(
    'tsconfig.json',
    JSON.stringify({ compilerOptions, files: ['use.mts', 'use.cts'] }),
  );
  try {
    return consumer.run(join(packageRoot, 'node_modules/typescript/bin/tsc'), '-p', '.');
  } catch (error) {
    return String(error);
  }
}

afterAll(() => {
  for (const consumer of consumers) consumer.remove();
});

it('has types that a strict project takes, for every subpath', () => {
  const specifiers = Object.keys(entryPoints).map((name) =>
    name === 'index' ? 'collectorless' : `collectorless/${name}`,
  );
  expect(typeErrors(specifiers, true)).toBe('');
});

it('has types at the root that need no optional peer', () => {
  expect(typeErrors(['collectorless'], false)).toBe('');
});
