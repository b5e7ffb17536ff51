import { expect, it } from 'vitest';
import { startLocalServices } from '../../../src/testing/index.ts';
import { runChild } from './children/run-child.ts';
import { unusedEndpoint } from './support/zeromq-run.ts';

const exportAndEnd = new URL('./children/export-and-end.ts', import.meta.url);
const abandonAtExit = new URL('./children/abandon-at-exit.ts', import.meta.url);

it.for(['push', 'pub'])(
  'a %s exporter that nobody listens to does not keep the process alive',
  async (socketType) => {
    const endpoint = await unusedEndpoint();
    const child = await runChild(exportAndEnd, endpoint, socketType, 'wait');
    expect(child).toMatchObject({ code: 0, output: '' });
    // Far less than the 5 minutes for which the records may wait, and time for a busy machine to start Node.js.
    expect(child.durationMillis).toBeLessThan(40_000);
  },
);

it('all records have left when shutdown resolves, even when the process exits at once', async () => {
  await using services = await startLocalServices({ zeromq: true });
  const { endpoint } = services.zeromq;
  const child = await runChild(exportAndEnd, endpoint, 'push', 'exit');
  expect(child).toMatchObject({ code: 0, output: '' });
  await expect.poll(() => services.zeromq.messages.length).toBe(1000);
});

it('shutdown ends in time when nobody listens', async () => {
  const child = await runChild(exportAndEnd, await unusedEndpoint(), 'push', 'exit');
  expect(child).toMatchObject({ code: 1, output: '' });
});

it('an exporter with an open socket that is abandoned while the process exits does not abort it', async () => {
  await using services = await startLocalServices({ zeromq: true });
  const child = await runChild(abandonAtExit, services.zeromq.endpoint);
  expect(child).toMatchObject({ code: 0, output: 'left: 1' });
});

it('DL-14: the load generator measures every form and loses nothing', async () => {
  const bench = new URL('../../../bench/zeromq.ts', import.meta.url);
  const { code, output } = await runChild(bench, '--seconds', '0.02');
  expect(code).toBe(0);
  const lines = output.trim().split('\n');
  expect(lines.length).toBeGreaterThan(4);
  for (const line of lines) expect(line).toMatch(/\d+k records\/s .* dropped \{\}$/u);
});
