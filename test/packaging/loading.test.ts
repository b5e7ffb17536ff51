import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { entryPoints } from '../../scripts/entry-points.ts';
import { type Consumer, createConsumer } from './support/consumer.ts';
import { readManifest } from './support/package-root.ts';

const { sideEffects } = readManifest();
const runsOnImport = (name: string): boolean =>
  sideEffects !== false && sideEffects.includes(`./dist/${name}.mjs`);

const specifiers = Object.keys(entryPoints)
  .filter((name) => !runsOnImport(name))
  .map((name) => (name === 'index' ? 'collectorless' : `collectorless/${name}`));

const loadAll = `
import { createRequire, registerHooks } from 'node:module';
const urls = [];
registerHooks({ load(url, context, next) { urls.push(url); return next(url, context); } });
const require = createRequire(import.meta.url);
const namesOf = (module) => Object.keys(module).filter((name) => name !== 'module.exports').sort();
const loaded = {};
for (const specifier of ${JSON.stringify(specifiers)}) {
  try {
    loaded[specifier] = { imported: namesOf(await import(specifier)), required: namesOf(require(specifier)) };
  } catch (error) {
    loaded[specifier] = { error: String(error) };
  }
}
process.stdout.write(JSON.stringify({ loaded, urls }));
`;

interface Loaded {
  readonly loaded: Readonly<Record<string, { imported?: string[]; required?: string[] }>>;
  readonly urls: readonly string[];
}

const consumers: Consumer[] = [];

function loadIn(withOptionalPeers: boolean): Loaded {
  const consumer = createConsumer({ withOptionalPeers });
  consumers.push(consumer);
  consumer.write('load-all.mjs', loadAll);
  return JSON.parse(consumer.run('load-all.mjs'));
}

afterAll(() => {
  for (const consumer of consumers) consumer.remove();
});

describe('the built package, installed without optional peers', () => {
  let result: Loaded;

  beforeAll(() => {
    result = loadIn(false);
  });

  it.each(specifiers)('gives the same names of %s to import and require()', (specifier) => {
    const { imported, required } = result.loaded[specifier] ?? {};
    expect(result.loaded[specifier]).toEqual({ imported: required, required: imported });
    expect(imported?.length).toBeGreaterThan(0);
    expect(imported).not.toContain('default');
  });
});

describe('the built package, installed with everything', () => {
  it('loads no AWS SDK and no ZeroMQ before they are used', () => {
    const { urls } = loadIn(true);
    expect(urls.some((url) => url.includes('/collectorless/dist/index.mjs'))).toBe(true);
    expect(urls.filter((url) => /node_modules\/(@aws-sdk|@smithy|zeromq)\//.test(url))).toEqual([]);
  });
});
