import { expect, it } from 'vitest';
import { startProcess } from '../tail/support/start-process.ts';

const line = `${JSON.stringify({ body: 'hello', severity_number: 9 })}\n`;

it('decode ends with 1 when something was damaged', async () => {
  const run = startProcess('decode');
  run.child.stdin.end(`${line}rubbish\n${line}`);
  expect(await run.ended).toEqual([1, null]);
  expect(run.stdout).toBe('- INFO  hello\n'.repeat(2));
  expect(run.stderr).toMatch(/^warning: stdin: .* \(at byte \d+\)\n$/);
});

it('decode ends with 0 and quietly when its reader has enough', async () => {
  const run = startProcess('decode');
  run.child.stdin.on('error', () => {});
  run.child.stdin.write(line.repeat(50_000));
  run.child.stdout.once('data', () => run.child.stdout.destroy());
  expect(await run.ended).toEqual([0, null]);
  expect(run.stderr).toBe('');
});

it('decode ends with 2 when it is not understood', async () => {
  const run = startProcess('decode', '--encoding', 'xml');
  expect(await run.ended).toEqual([2, null]);
  expect(run.stderr).toContain('Allowed choices are json');
});
