// Makes `.tmp/emulators`: the third-party emulators and receivers of `npm run test:emulators`, from PyPI
// and npm, at the versions of `test/emulators/environment`. What is there already is used again.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const source = new URL('../test/emulators/environment/', import.meta.url);
const target = new URL('../.tmp/emulators/', import.meta.url);
const python = process.env.PYTHON ?? 'python3';

await Promise.all([
  prepare('python', ['build-requirements.txt', 'requirements.txt'], makePython),
  prepare('npm', ['package.json', 'package-lock.json'], makeNpm),
]);

async function makePython(folder) {
  const path = fileURLToPath(folder);
  await run(python, ['-m', 'venv', path]);
  // The lists are complete, so pip has nothing to choose: not what a package needs, not what builds it.
  const pip = [
    ...['-m', 'pip', 'install', '--quiet', '--no-input', '--disable-pip-version-check'],
    ...['--no-deps', '--no-build-isolation', '-r'],
  ];
  const own = fileURLToPath(new URL('bin/python', folder));
  await run(own, [...pip, fileURLToPath(new URL('build-requirements.txt', source))]);
  await run(own, [...pip, fileURLToPath(new URL('requirements.txt', source))]);
  await run(own, ['-m', 'pip', '--disable-pip-version-check', 'check']);
}

async function makeNpm(folder) {
  await mkdir(folder, { recursive: true });
  for (const name of ['package.json', 'package-lock.json']) {
    await copyFile(new URL(name, source), new URL(name, folder));
  }
  const npm = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  await run('npm', npm, fileURLToPath(folder));
}

/** Makes a folder anew unless it was made from the same files. */
async function prepare(name, files, make) {
  const folder = new URL(`${name}/`, target);
  const stamp = new URL('made-from', folder);
  const hash = createHash('sha256');
  for (const file of files) hash.update(await readFile(new URL(file, source)));
  const wanted = hash.digest('hex');
  const found = await readFile(stamp, 'utf8').catch(() => undefined);
  if (found === wanted) return;
  const started = performance.now();
  await rm(folder, { recursive: true, force: true });
  await make(folder);
  await writeFile(stamp, wanted);
  const seconds = ((performance.now() - started) / 1_000).toFixed(0);
  process.stdout.write(`.tmp/emulators/${name} made in ${seconds} s\n`);
}

async function run(command, args, cwd) {
  const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += data));
  await new Promise((resolve, reject) => {
    const fail = (why) => reject(new Error(`${command} ${args.join(' ')}: ${why}\n${output}`));
    child.on('error', (error) =>
      fail(`${error.message}. It needs Python 3.10 or newer, with venv.`),
    );
    child.on('close', (code) => (code === 0 ? resolve() : fail(`exit ${code}`)));
  });
}
