import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { applicationBases, createPackageLoader } from '../../../src/setup/package-loader.ts';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'collectorless-packages-'));
  write('app/node_modules/outer/index.js', "exports.name = 'outer';");
  write('app/node_modules/outer/node_modules/inner/index.js', "exports.name = 'inner of outer';");
  write('app/node_modules/broken/index.js', "throw new Error('Broken');");
  write('elsewhere/node_modules/inner/index.js', "exports.name = 'inner elsewhere';");
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

const loaderOf = (...places: readonly string[]): ReturnType<typeof createPackageLoader> =>
  createPackageLoader(places.map((place) => join(folder, place, 'index.js')));

it('finds a package from the first base that has it', () => {
  const loader = loaderOf('app', 'elsewhere');
  expect(loader.load('outer')).toEqual({ name: 'outer' });
  expect(loader.load('inner')).toEqual({ name: 'inner elsewhere' });
});

it('looks first where another package finds its own', () => {
  const loader = loaderOf('app', 'elsewhere').near('outer');
  expect(loader.load('inner')).toEqual({ name: 'inner of outer' });
  expect(loaderOf('elsewhere').near('outer').load('inner')).toEqual({ name: 'inner elsewhere' });
});

it('answers undefined for a package that is nowhere, and for a base that is no place', () => {
  expect(loaderOf('app').load('missing')).toBeUndefined();
  expect(createPackageLoader(['not/absolute.js']).resolve('outer')).toBeUndefined();
});

it('throws what a package throws', () => {
  expect(() => loaderOf('app').load('broken')).toThrow('Broken');
});

it('looks beside us, in the working folder, and beside the script', () => {
  const places = applicationBases('/work', '/srv/app.js');
  expect(places.slice(1)).toEqual([join('/work', 'index.js'), '/srv/app.js']);
  expect(createPackageLoader(places).resolve('@opentelemetry/core')).toContain('core');
  expect(applicationBases('/work', undefined)).toHaveLength(2);
});
