import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { startLocalServices } from 'collectorless/testing';
import { expect, test } from 'vitest';
import { packageRoot } from '../packaging/support/package-root.ts';
import { runSource } from './support/run-example.ts';

const read = (path: string): string => readFileSync(join(packageRoot, path), 'utf8');

function firstSample(text: string): string {
  return /```js\n(?<code>.*?)```/s.exec(text)?.groups?.['code'] ?? '';
}

test('the first sample of the README runs as it stands and delivers its record', async () => {
  const services = await startLocalServices();
  try {
    const { stdout } = await runSource(firstSample(read('README.md')), { services });
    expect(stdout).toContain('delivered: 1');
    expect(services.cloudWatchLogs.decoded).toMatchObject([{ body: 'order taken' }]);
    expect(services.violations).toEqual([]);
  } finally {
    await services.close();
  }
});

const documents = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync(join(packageRoot, 'docs')).map((name) => `docs/${name}`),
];

test.each(documents)('every file that %s names is there', (document) => {
  const text = read(document);
  const links = [...text.matchAll(/\]\(\s*(?!https?:)(?<path>[^)#\s]+)/g)].map(({ groups }) =>
    join(dirname(document), groups?.['path'] ?? ''),
  );
  const paths = [...text.matchAll(/`(?<path>(?:src|test|scripts|examples)\/[\w./-]+)`/g)].map(
    ({ groups }) => groups?.['path'] ?? '',
  );
  const missing = [...links, ...paths].filter((path) => !existsSync(join(packageRoot, path)));
  expect(missing).toEqual([]);
});
