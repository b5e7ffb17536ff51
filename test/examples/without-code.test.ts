import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type LocalServices, startLocalServices } from 'collectorless/testing';
import { afterEach, expect, test } from 'vitest';
import { DESTINATION_NAMES } from '../../src/cli/destinations.ts';
import { readDocument } from '../docs/support/document.ts';
import { codeBlocksOf } from '../docs/support/markdown.ts';
import { readManifest } from '../packaging/support/package-root.ts';
import { createInstalledFolder } from '../setup/register/support/installed-folder.ts';
import { awsEnvironment } from './support/run-example.ts';

const cleanups: (() => unknown)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** What npm installs unasked: the peers that are not optional. */
const { peerDependencies, peerDependenciesMeta } = readManifest();
const unasked = Object.keys(peerDependencies).filter(
  (name) => peerDependenciesMeta[name]?.optional !== true,
);

interface Start {
  readonly packages: readonly string[];
  readonly script: string;
}

/** The first block of the page that starts an app: what it installs, and the rest of it. */
function startOf(name: string): Start {
  const block = codeBlocksOf(readDocument(`docs/${name}.md`)).find(
    ({ language, text }) => language === 'sh' && text.includes('collectorless/register'),
  );
  const lines = block?.text.split('\n') ?? [];
  const [install = ''] = lines.filter((line) => line.startsWith('npm install '));
  return {
    packages: install.split(' ').slice(2),
    script: lines.filter((line) => line !== install).join('\n'),
  };
}

/** Every record that is stored, wherever it is. */
function storedIn(services: LocalServices): readonly unknown[] {
  return Object.values<unknown>({ ...services }).flatMap((store) =>
    typeof store === 'object' &&
    store !== null &&
    'decoded' in store &&
    Array.isArray(store.decoded)
      ? store.decoded
      : [],
  );
}

test.each(DESTINATION_NAMES)(
  'what docs/%s.md says of the start without code stores what an app logs with pino',
  async (name) => {
    const services = await startLocalServices({ region: 'eu-west-1', zeromq: true });
    cleanups.push(() => services.close());
    const { packages, script } = startOf(name);
    expect(packages[0]).toBe('collectorless');
    const others = packages.slice(1);
    const installed = createInstalledFolder([
      ...new Set([...others, ...unasked, 'pino', 'undici']),
    ]);
    cleanups.push(() => installed.remove());
    const app = "require('node:http').createServer(); require('pino')().info('hello');";
    writeFileSync(join(installed.folder, 'app.js'), app);
    const here = script
      .replace('https://logs.example.com', services.http.url)
      .replace('tcp://logs.example:5010', services.zeromq.endpoint);
    const { stderr } = await promisify(execFile)('sh', ['-c', here], {
      cwd: installed.folder,
      env: { PATH: process.env['PATH'], ...awsEnvironment(services), AWS_REGION: '' },
    });
    expect(stderr).toBe('');
    await expect.poll(() => storedIn(services)).toMatchObject([{ body: 'hello' }]);
    expect(services.violations).toEqual([]);
  },
);
