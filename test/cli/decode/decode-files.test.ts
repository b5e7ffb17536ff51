import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { expect, it, onTestFinished } from 'vitest';
import type { CliIo } from '../../../src/cli/cli-io.ts';
import { createDecodeCommand } from '../../../src/cli/decode-command.ts';
import { runCommand } from '../../../src/cli/run-command.ts';
import { FirehoseLogRecordExporter } from '../../../src/destinations/firehose/index.ts';
import { createEncoder, type EncodingName } from '../../../src/index.ts';
import { createLogRecord, startLocalServices } from '../../../src/testing/index.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { exportAll } from '../tail/support/export-all.ts';
import { type RunningCommand, runToEnd } from '../tail/support/start-command.ts';

function newFile(content: string | Uint8Array, name = 'logs'): string {
  const path = join(tempFolder(), name);
  writeFileSync(path, content);
  return path;
}

const decode = (
  commandArguments: readonly string[],
  stdin: readonly (string | Uint8Array)[] = [],
): Promise<RunningCommand> => runToEnd(createDecodeCommand, commandArguments, { stdin });

const bodiesOf = ({ records }: RunningCommand): unknown[] =>
  records.map((record) => (record as { readonly body?: unknown }).body);
const lines = (...bodies: readonly unknown[]): string =>
  bodies.map((body) => `${JSON.stringify({ body })}\n`).join('');

function encoded(encoding: EncodingName, ...bodies: readonly string[]): Buffer {
  const encoder = createEncoder(encoding);
  const end = Buffer.from(encoder.isText ? '\n' : '');
  const pieces = bodies.map((body) => Buffer.from(encoder.encode(createLogRecord({ body }))));
  return Buffer.concat(pieces.flatMap((piece) => [piece, end]));
}

it.each<[string, Uint8Array]>([
  ['lines of JSON', encoded('json', 'a', 'b')],
  ['MessagePack', encoded('msgpack', 'a', 'b')],
  ['OTLP/JSON', encoded('otlp-json', 'a', 'b')],
  ['distlog', encoded('distlog-json', 'a', 'b')],
  ['gzip', gzipSync(encoded('json', 'a', 'b'))],
  [
    'several members of gzip',
    Buffer.concat(['a', 'b'].map((body) => gzipSync(encoded('json', body)))),
  ],
  ['zstd', zstdCompressSync(encoded('msgpack', 'a', 'b'))],
])('finds out that a file is %s', async (_, content) => {
  const run = await decode(['--json', newFile(content)]);
  expect(bodiesOf(run)).toEqual(['a', 'b']);
  expect(run.exitCode).toBe(0);
  expect(run.stderr).toBe('');
});

it('prints what Firehose has put together of the records of an exporter', async () => {
  const services = await startLocalServices();
  onTestFinished(() => services.close());
  const exporter = new FirehoseLogRecordExporter({
    deliveryStreamName: 'logs',
    aggregation: 'lines',
    compression: 'gzip',
    clientConfig: services.clientConfig,
  });
  const records = Array.from({ length: 700 }, (_, index) => createLogRecord({ body: index }));
  await exportAll(exporter, records);
  const file = newFile(Buffer.concat(services.firehose.records.map(({ data }) => data)));
  const run = await decode([file, '--json']);
  expect(services.firehose.records.length).toBeGreaterThan(1);
  expect(bodiesOf(run)).toEqual(records.map(({ body }) => body));
});

it('prints several files in their order, and stdin among them', async () => {
  const first = newFile(lines('first'));
  const last = newFile(gzipSync(lines('last')));
  const run = await decode(['--json', first, '-', last], [lines('from stdin')]);
  expect(bodiesOf(run)).toEqual(['first', 'from stdin', 'last']);
});

it('reads stdin when there is no file', async () => {
  const run = await decode(['--json'], [lines('a'), lines('b')]);
  expect(bodiesOf(run)).toEqual(['a', 'b']);
});

it('prints as tail does, with its filters', async () => {
  const content = [
    '{"timestamp":"2026-11-21T03:57:00Z","severity_number":9,"body":"fine"}\n',
    '{"timestamp":"2026-11-21T03:57:01Z","severity_number":17,"body":"bad","attributes":{"a":1}}\n',
  ];
  const run = await decode(['--min-severity', 'warn', '--utc'], content);
  expect(run.stdout).toBe('2026-11-21T03:57:01.000Z ERROR bad a=1\n');
});

it('ends at its limit, without opening more files', async () => {
  const run = await decode(['--json', '--limit', '2', newFile(lines('a', 'b', 'c')), '/none']);
  expect(bodiesOf(run)).toEqual(['a', 'b']);
  expect(run.exitCode).toBe(0);
  expect(run.stderr).toBe('');
});

it('tells of damage with its place, prints what stands beside it, and ends with 1', async () => {
  const file = newFile(`${lines('a')}rubbish\n${lines('b')}`);
  const run = await decode(['--json', file]);
  expect(bodiesOf(run)).toEqual(['a', 'b']);
  const place = lines('a').length;
  expect(run.stderr).toBe(`warning: ${file}: Bytes that are no JSON object (at byte ${place})\n`);
  expect(run.exitCode).toBe(1);
});

it('prints what comes before and after a damaged member of gzip', async () => {
  const members = ['a', 'b', 'c'].map((body) => gzipSync(lines(body.repeat(50))));
  members[1]?.fill(0, 14, 20);
  const run = await decode(['--json'], members);
  expect(bodiesOf(run)).toEqual(['a'.repeat(50), 'c'.repeat(50)]);
  expect(run.stderr).toMatch(/^warning: stdin: Damage in gzip, of the compressed bytes \(at byte/);
  expect(run.exitCode).toBe(1);
});

it('tells of a record of more than 64 MiB, whatever it is compressed to', async () => {
  const long = Buffer.alloc(64 * 1024 * 1024 + 1, 'x');
  const run = await decode(['--encoding', 'body', newFile(gzipSync(long))]);
  expect(run.stderr).toContain('A line that is too large (at byte 0)');
  expect(run.exitCode).toBe(1);
});

it('shows the beginning of a value that is very long, and prints all of it as JSON', async () => {
  const body = '\0'.repeat(1_000_000);
  const file = newFile(lines(body));
  const { stdout } = await decode([file]);
  expect(stdout.split('\\x00').length - 1).toBe(65_536);
  expect(stdout.slice(-40)).toContain('x00… (934464 more characters)\n');
  const isWhole = bodiesOf(await decode(['--json', file]))[0] === body;
  expect(isWhole).toBe(true);
});

it('goes on after a file that cannot be read, and ends with 1', async () => {
  const folder = tempFolder();
  const run = await decode(['--json', join(folder, 'none'), folder, newFile(lines('a'))]);
  expect(bodiesOf(run)).toEqual(['a']);
  expect(run.stderr).toBe(
    `warning: ${folder}/none: no such file\nwarning: ${folder}: is a folder\n`,
  );
  expect(run.exitCode).toBe(1);
});

it('believes what it is told of encoding and compression', async () => {
  const text = await decode(['--json', '--encoding', 'body'], ['{"a":1}\n']);
  expect(bodiesOf(text)).toEqual(['{"a":1}']);
  const plain = await decode(['--compression', 'gzip'], [lines('a')]);
  expect(plain.stderr).toContain('Bytes that are no gzip');
  expect(plain.exitCode).toBe(1);
});

it('prints nothing of nothing', async () => {
  const run = await decode([], []);
  expect(run).toMatchObject({ stdout: '', stderr: '', exitCode: 0 });
});

it.each([
  [['--encoding', 'xml'], /Allowed choices are json/],
  [['--compression', 'brotli'], /Allowed choices are none/],
  [['--bogus'], /unknown option '--bogus'/],
])('calls %s wrong usage', async (commandArguments, message) => {
  const run = await decode(commandArguments);
  expect(run.stderr).toMatch(message);
  expect(run.exitCode).toBe(2);
});

it('prints what it has read of input without end', async () => {
  const stdin = Readable.from(withoutEnd());
  const run = await runToEnd(createDecodeCommand, ['--json', '--limit', '10'], { stdin });
  expect(run.lines.length).toBe(10);
  expect(stdin.destroyed).toBe(true);
});

it('reads no further while nobody reads what it prints', async () => {
  let blockCount = 0;
  async function* counted(): AsyncGenerator<Buffer> {
    for await (const block of withoutEnd()) {
      blockCount += 1;
      yield block;
    }
  }
  const stdout = new PassThrough();
  const controller = new AbortController();
  const io: CliIo = {
    stdin: Readable.from(counted()),
    stdout,
    stderr: new PassThrough(),
    environment: {},
    isColorful: false,
    signal: controller.signal,
    setExitCode: () => {},
  };
  const ended = runCommand(createDecodeCommand(io), ['--json'], io);
  await expect.poll(() => stdout.writableNeedDrain).toBe(true);
  const before = blockCount;
  stdout.read();
  await expect.poll(() => stdout.writableNeedDrain).toBe(true);
  expect(blockCount).toBeLessThan(before + 50);
  controller.abort();
  await ended;
});

async function* withoutEnd(): AsyncGenerator<Buffer> {
  for (;;) yield encoded('json', 'x'.repeat(1000));
}
