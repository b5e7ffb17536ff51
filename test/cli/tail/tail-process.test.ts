import { expect, it } from 'vitest';
import { startProcess } from './support/start-process.ts';

const line = `${JSON.stringify({ body: 'hello', severity_number: 9, event_name: 'test' })}\n`;

it.each<[string, string[]]>([
  ['zeromq', ['tcp://127.0.0.1:*']],
  ['http', ['0']],
  ['file', ['-']],
])('tail %s runs until Ctrl-C, which ends it at once and quietly with 130', async (name, args) => {
  const tail = startProcess('tail', name, ...args);
  tail.child.stdin.write(line);
  await expect.poll(() => tail.stdout + tail.stderr).toMatch(/^(?:listening at .*|.* hello.*)\n$/);
  const before = tail.stderr;
  tail.child.kill('SIGINT');
  expect(await tail.ended).toEqual([130, null]);
  expect(tail.stderr).toBe(before);
});

it('tail ends with 0 at its limit although the sender goes on', async () => {
  const tail = startProcess('tail', 'file', '-', '--limit', '2');
  tail.child.stdin.on('error', () => {});
  for (let count = 0; count < 3; count += 1) tail.child.stdin.write(line);
  expect(await tail.ended).toEqual([0, null]);
  expect(tail.stdout).toBe('- INFO  hello event=test\n'.repeat(2));
  expect(tail.stderr).toBe('');
});

it('tail ends quietly when nobody reads its output any more', async () => {
  const tail = startProcess('tail', 'file', '-');
  tail.child.stdin.on('error', () => {});
  tail.child.stdin.write(line);
  await expect.poll(() => tail.stdout).toContain('hello');
  tail.child.stdout.destroy();
  const writing = setInterval(() => tail.child.stdin.write(line), 10);
  expect(await tail.ended).toEqual([0, null]);
  clearInterval(writing);
  expect(tail.stderr).toBe('');
});

it('tail says in one line what the user can mend, and ends with 1', async () => {
  const tail = startProcess('tail', 'file', '/no/such/file');
  expect(await tail.ended).toEqual([1, null]);
  expect(tail.stderr).toBe('error: /no/such/file: no such file\n');
});
