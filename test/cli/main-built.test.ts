import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { programs } from '../../scripts/entry-points.ts';
import { VERSION } from '../../src/version.ts';
import { createConsumer } from '../packaging/support/consumer.ts';
import { packageRoot } from '../packaging/support/package-root.ts';

const { bin } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as {
  readonly bin: Readonly<Record<string, string>>;
};

const mainFile = bin['collectorless'] ?? '';

describe('the built program', () => {
  // As after `npm install collectorless`, without the optional packages.
  const consumer = createConsumer({ withOptionalPeers: false });
  const program = join('node_modules/collectorless', mainFile);
  afterAll(() => consumer.remove());

  it('is what package.json names, and begins with a line that finds Node.js', () => {
    expect(Object.values(bin)).toEqual(Object.keys(programs).map((name) => `./dist/${name}.mjs`));
    const file = join(packageRoot, mainFile);
    expect(readFileSync(file, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/u);
    expect(statSync(file).size).toBeGreaterThan(0);
  });

  it('runs', () => {
    expect(consumer.run(program, '--version')).toBe(`${VERSION}\n`);
  });

  it.skipIf(!existsSync('/dev/full'))('says in one line that its output does not fit', () => {
    const full = openSync('/dev/full', 'w');
    const { status, stderr } = spawnSync(
      process.execPath,
      [join(packageRoot, mainFile), '--help'],
      {
        encoding: 'utf8',
        stdio: ['ignore', full, 'pipe'],
      },
    );
    closeSync(full);
    expect(stderr).toBe(
      'error: the output cannot be written: ENOSPC: no space left on device, write\n',
    );
    expect(status).toBe(1);
  });

  it('prints a policy without the SDK that the exporter would need', () => {
    const { Statement } = JSON.parse(consumer.run(program, 'iam', 'sqs', '--set', 'queueName=a'));
    expect(Statement).toHaveLength(1);
  });

  it.each([
    ['sqs', 'queueName=logs', '@aws-sdk/client-sqs'],
    ['zeromq', 'endpoint=tcp://127.0.0.1:5010', 'zeromq'],
  ])('says what to install for %s', (name, assignment, packageName) => {
    // Its output is in the error, because it ends with 1.
    expect(() => consumer.run(program, 'doctor', name, '--set', assignment)).toThrow(
      `The package ${packageName} is not installed.\n  Mend: npm install ${packageName}\n`,
    );
  });
});
