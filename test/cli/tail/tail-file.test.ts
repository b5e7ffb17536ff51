import { appendFileSync, mkdirSync, renameSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { createTailCommand } from '../../../src/cli/tail-command.ts';
import { createEncoder } from '../../../src/index.ts';
import { createLogRecord } from '../../../src/testing/index.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { type CommandOptions, type RunningCommand, startCommand } from './support/start-command.ts';

function newFile(...content: readonly (string | Uint8Array)[]): string {
  const path = join(tempFolder(), 'app.log');
  writeFileSync(path, '');
  for (const piece of content) appendFileSync(path, piece);
  return path;
}

const startTail = (commandArguments: readonly string[], options?: CommandOptions): RunningCommand =>
  startCommand(createTailCommand, ['file', ...commandArguments, '--json'], options);

// The decoder wants 16 bytes to tell the encoding by.
const line = (body: unknown): string => `${JSON.stringify({ event_name: 'test', body })}\n`;
const lines = (...bodies: readonly unknown[]): string => bodies.map(line).join('');
const bodiesOf = ({ records }: RunningCommand): unknown[] =>
  records.map((record) => (record as { readonly body?: unknown }).body);

it('begins with the last ten lines and follows', async () => {
  const path = newFile(lines(...Array.from({ length: 30 }, (_, index) => index)));
  const tail = startTail([path, '--limit', '12']);
  await expect.poll(() => tail.lines.length).toBe(10);
  appendFileSync(path, '{"body":');
  appendFileSync(path, `"new"}\n${line('last')}`);
  await tail.ended;
  expect(bodiesOf(tail)).toEqual([...Array.from({ length: 10 }, (_, n) => n + 20), 'new', 'last']);
  expect(tail.stderr).toBe('');
});

it.each<[string, string[], unknown[]]>([
  ['the first line', ['--from-start'], ['a', 'b', 'c', 'new']],
  ['the last two lines', ['--lines', '2'], ['b', 'c', 'new']],
  ['more lines than there are', ['--lines', '9'], ['a', 'b', 'c', 'new']],
  ['nothing of what is there', ['--lines', '0'], ['new']],
])('begins with %s', async (_, commandArguments, expected) => {
  const path = newFile(lines('a', 'b', 'c'));
  const tail = startTail([path, ...commandArguments]);
  await expect.poll(() => tail.lines.length).toBe(expected.length - 1);
  // An empty answer does not say yet that the file is being followed.
  await expect
    .poll(() => {
      appendFileSync(path, line('new'));
      return tail.lines.length;
    })
    .toBeGreaterThan(expected.length - 1);
  expect(bodiesOf(tail).slice(0, expected.length)).toEqual(expected);
});

it('finds the last lines of a long file', async () => {
  const long = 'x'.repeat(100_000);
  const path = newFile(lines('a', long, 'b', long, 'c'));
  const tail = startTail([path, '--lines', '3', '--limit', '3']);
  await tail.ended;
  expect(bodiesOf(tail)).toEqual(['b', long, 'c']);
});

it('reads a file that is cut off from its beginning', async () => {
  const path = newFile(lines('one', 'two'));
  const tail = startTail([path]);
  await expect.poll(() => tail.lines.length).toBe(2);
  truncateSync(path);
  await expect.poll(() => tail.stderr).toContain('was cut off: going on at its beginning');
  appendFileSync(path, line('three'));
  await expect.poll(() => bodiesOf(tail)).toEqual(['one', 'two', 'three']);
});

it('goes on with a new file of its name, and loses no line of the old one', async () => {
  const path = newFile(line('one'));
  const tail = startTail([path]);
  await expect.poll(() => tail.lines.length).toBe(1);
  renameSync(path, `${path}.1`);
  appendFileSync(`${path}.1`, line('last of the old'));
  writeFileSync(path, line('first of the new'));
  await expect.poll(() => tail.lines.length).toBe(3);
  expect(bodiesOf(tail)).toEqual(['one', 'last of the old', 'first of the new']);
  expect(tail.stderr).toBe(`${path} was replaced: going on at its beginning\n`);
});

it('follows MessagePack from its beginning', async () => {
  const encoder = createEncoder('msgpack');
  const path = newFile(encoder.encode(createLogRecord({ body: 'one' })));
  const tail = startTail([path, '--limit', '2']);
  await expect.poll(() => tail.lines.length).toBe(1);
  const second = Buffer.from(encoder.encode(createLogRecord({ body: 'two' })));
  appendFileSync(path, second.subarray(0, 30));
  appendFileSync(path, second.subarray(30));
  await tail.ended;
  expect(bodiesOf(tail)).toEqual(['one', 'two']);
});

it('follows plain text', async () => {
  const path = newFile('one\n');
  const tail = startTail([path, '--limit', '2', '--encoding', 'body']);
  appendFileSync(path, 'two = {"x": 1} and more\n');
  await tail.ended;
  expect(bodiesOf(tail)).toEqual(['one', 'two = {"x": 1} and more']);
});

it('tells of damage with its place in the file, and goes on', async () => {
  const path = newFile(lines('a', 'b'));
  const tail = startTail([path, '--lines', '1', '--limit', '2']);
  await expect.poll(() => tail.lines.length).toBe(1);
  appendFileSync(path, `rubbish\n${line('c')}`);
  await tail.ended;
  expect(bodiesOf(tail)).toEqual(['b', 'c']);
  const place = 2 * line('a').length;
  expect(tail.stderr).toBe(`warning: ${path}: Bytes that are no JSON object (at byte ${place})\n`);
});

it('says that a compressed file cannot be followed', async () => {
  const path = newFile(gzipSync(line('a')));
  const tail = startTail([path]);
  await tail.ended;
  expect(tail.stderr).toBe(
    `error: ${path} is gzip, which cannot be followed: use collectorless decode\n`,
  );
  expect(tail.exitCode).toBe(1);
});

it('says in one line why a file cannot be read', async () => {
  const path = newFile();
  mkdirSync(`${path}.d`);
  for (const [name, reason] of [
    ['none', 'no such file'],
    ['d', 'is a folder'],
  ]) {
    const tail = startTail([`${path}.${name}`]);
    await tail.ended;
    expect(tail.stderr).toBe(`error: ${path}.${name}: ${reason}\n`);
    expect(tail.exitCode).toBe(1);
  }
});

it('prints what comes on stdin as it comes, until its end', async () => {
  const stdin = new PassThrough();
  const tail = startTail(['-'], { stdin });
  stdin.write(lines('one', 'two'));
  await expect.poll(() => bodiesOf(tail)).toEqual(['one', 'two']);
  stdin.end(line('three'));
  await tail.ended;
  expect(bodiesOf(tail)).toEqual(['one', 'two', 'three']);
  expect(tail.exitCode).toBe(0);
});

it('reads compressed records on stdin', async () => {
  const tail = startTail(['-'], { stdin: [gzipSync(lines('a', 'b'))] });
  await tail.ended;
  expect(bodiesOf(tail)).toEqual(['a', 'b']);
});

it.each(['a file', 'stdin'])('ends at Ctrl-C with 130 while it follows %s', async (what) => {
  const stdin = new PassThrough();
  stdin.write(line('x'));
  const tail = startTail([what === 'stdin' ? '-' : newFile(line('x'))], { stdin });
  await expect.poll(() => tail.lines.length).toBe(1);
  await tail.interrupt();
  expect(tail.exitCode).toBe(130);
  expect(tail.stderr).toBe('');
});
