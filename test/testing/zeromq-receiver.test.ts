import { expect, it, onTestFinished } from 'vitest';
import { Publisher, Pull, Push } from 'zeromq';
import { startLocalServices } from '../../src/testing/index.ts';

function open<S extends Push | Publisher | Pull>(socket: S): S {
  onTestFinished(() => socket.close());
  return socket;
}

it('binds a PULL socket and keeps the frames of each message', async () => {
  await using services = await startLocalServices({ zeromq: true, now: () => 5 });
  const sender = open(new Push({ linger: 0 }));
  sender.connect(services.zeromq.endpoint);
  await sender.send(['PLJ', '{"a":1}\n{"a":2}']);
  await sender.send('alone');
  await expect.poll(() => services.zeromq.messages.length).toBe(2);
  const [first, second] = services.zeromq.messages;
  expect(first).toEqual({
    frames: [Buffer.from('PLJ'), Buffer.from('{"a":1}\n{"a":2}')],
    topic: 'PLJ',
    body: Buffer.from('{"a":1}\n{"a":2}'),
    receivedAtMillis: 5,
  });
  expect(second).toMatchObject({ topic: '', body: Buffer.from('alone') });
  expect(services.zeromq.decoded).toEqual([{ a: 1 }, { a: 2 }, 'alone']);
});

it('dies and comes back on the same port', async () => {
  await using services = await startLocalServices();
  const { endpoint } = await services.startZeroMq();
  await services.zeromq.stop();
  const sender = open(new Push({ linger: 0 }));
  sender.connect(endpoint);
  await services.startZeroMq();
  expect(services.zeromq.endpoint).toBe(endpoint);
  await sender.send('after');
  await expect.poll(() => services.zeromq.decoded).toEqual(['after']);
});

it('rejects while another listener has its port, and starts when that is gone', async () => {
  await using services = await startLocalServices();
  const { endpoint } = await services.startZeroMq();
  await services.zeromq.stop();
  const other = open(new Pull({ linger: 0 }));
  await other.bind(endpoint);
  await expect(services.startZeroMq()).rejects.toThrow('in use');
  await other.unbind(endpoint);
  await services.startZeroMq();
  const sender = open(new Push({ linger: 0 }));
  sender.connect(endpoint);
  await sender.send('after');
  await expect.poll(() => services.zeromq.decoded).toEqual(['after']);
});

it('reads nothing while paused and everything afterwards', async () => {
  await using services = await startLocalServices({ zeromq: { receiveHighWaterMark: 1 } });
  const sender = open(new Push({ linger: 0, sendHighWaterMark: 1, sendTimeout: 0 }));
  sender.connect(services.zeromq.endpoint);
  await expect.poll(() => sender.writable).toBe(true);
  services.zeromq.pause();
  const large = Buffer.alloc(1_000_000);
  let sent = 0;
  while (sent < 1_000) {
    const isSent = await sender.send(large).then(
      () => true,
      () => false,
    );
    if (!isSent) break;
    sent += 1;
  }
  expect(sent).toBeLessThan(1_000);
  expect(services.zeromq.messages).toEqual([]);
  services.zeromq.resume();
  await expect.poll(() => services.zeromq.messages.length).toBe(sent);
});

it('subscribes to a sender that binds', async () => {
  const sender = open(new Publisher({ linger: 0 }));
  await sender.bind('tcp://127.0.0.1:*');
  const connect = sender.lastEndpoint ?? '';
  await using services = await startLocalServices({ zeromq: { socketType: 'sub', connect } });
  await expect
    .poll(async () => {
      await sender.send(['PLJ', '{"a":1}']);
      return services.zeromq.messages.length;
    })
    .toBeGreaterThan(0);
  expect(services.zeromq.decoded[0]).toEqual({ a: 1 });
  services.zeromq.clear();
  expect(services.zeromq.decoded).toEqual([]);
});

it('says how to start it when it was not started', async () => {
  await using services = await startLocalServices();
  expect(() => services.zeromq.endpoint).toThrow('startZeroMq()');
});
