import { startLocalServices } from 'collectorless/testing';
import { expect, it } from 'vitest';
import { openPlayground } from '../../examples/play/playground.ts';

it('nothing is switched any more while it ends', async () => {
  await using services = await startLocalServices();
  await using playground = openPlayground(services, {
    url: services.http.url,
    ended: new Promise(() => {}),
    lineCount: 0,
    stats: [],
    stop: async () => ({ exitCode: 0, lines: [], stderr: '' }),
    [Symbol.asyncDispose]: async () => {},
  });
  const { controls } = playground;
  await controls.switchFault('sqs', 'slow', true);
  const troubles: string[] = [];
  await playground.drain(0, (text) => troubles.push(text));
  expect(troubles).toEqual([]);
  await expect(controls.switchFault('sqs', 'slow', true)).rejects.toThrow('is ending');
  await expect(controls.switchNetwork(true)).rejects.toThrow('is ending');
  expect(() => controls.setRate(3)).toThrow('is ending');
});
