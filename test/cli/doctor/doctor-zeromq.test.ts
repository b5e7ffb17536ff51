import { describe, expect, it, onTestFinished } from 'vitest';
import { curveKeyPair, Pull, Subscriber } from 'zeromq';
import { runDoctor, statusOf, withServices } from './support/doctor-run.ts';
import { answering, startHttp, startSilent, unusedPort } from './support/servers.ts';

const ours = curveKeyPair();
const theirs = curveKeyPair();

/** Where a receiver with these settings listens. */
async function startReceiver(settings: object = {}): Promise<string> {
  const socket = new Pull({ linger: 0, ...settings });
  onTestFinished(() => socket.close());
  await socket.bind('tcp://127.0.0.1:*');
  return socket.lastEndpoint ?? '';
}

const encrypted = { curveServer: true, curveSecretKey: theirs.secretKey };

function keysFor(serverKey: string): readonly string[] {
  return [
    ...['--set', `curve.serverKey=${serverKey}`],
    ...['--set', `curve.publicKey=${ours.publicKey}`],
    ...['--set', `curve.secretKey=${ours.secretKey}`],
  ];
}

function run(endpoint: string, ...more: readonly string[]): ReturnType<typeof runDoctor> {
  const commandArguments = ['--set', `endpoint=${endpoint}`, '--timeout-millis', '1000'];
  return runDoctor(['zeromq', ...commandArguments, ...more]);
}

describe('doctor zeromq', () => {
  it('finds nothing wrong with a receiver that takes the record', async () => {
    const services = await withServices({ zeromq: true });
    const report = await run(services.zeromq.endpoint);
    expect(report.steps.map(({ step, status }) => `${step} ${status}`)).toEqual([
      'configuration ok',
      'packages ok',
      'endpoint ok',
      'dns skipped',
      'tcp ok',
      'handshake ok',
      'record ok',
    ]);
    expect(report.exitCode).toBe(0);
    await expect.poll(() => services.zeromq.messages).toHaveLength(1);
  });

  it('finds nothing wrong with keys that fit, and shows none of them', async () => {
    const report = await run(await startReceiver(encrypted), ...keysFor(theirs.publicKey));
    expect(report.exitCode).toBe(0);
    expect(report.text).not.toContain(ours.secretKey);
  });

  it.each<[string, object, readonly string[], RegExp]>([
    ['no keys for a receiver that encrypts', encrypted, [], /encrypts, and no keys/u],
    [
      'keys for a receiver that does not encrypt',
      {},
      keysFor(theirs.publicKey),
      /does not encrypt/u,
    ],
    ['a wrong key of the receiver', encrypted, keysFor(ours.publicKey), /keys are not those/u],
  ])('names %s', async (_what, settings, keys, sentence) => {
    const report = await run(await startReceiver(settings), ...keys);
    expect(report).toMatchObject({
      cause: 'curve_mismatch',
      sentence: expect.stringMatching(sentence),
    });
    expect(statusOf(report, 'handshake')).toBe('failed');
  });

  it('names an address at which nobody listens', async () => {
    expect(await run(`tcp://127.0.0.1:${await unusedPort()}`)).toMatchObject({
      cause: 'connection_refused',
    });
  });

  it('names a host that there is not', async () => {
    expect(await run('tcp://no-such-host.invalid:5010')).toMatchObject({ cause: 'unknown_host' });
  });

  it('names a receiver of a type that does not fit', async () => {
    const socket = new Subscriber({ linger: 0 });
    onTestFinished(() => socket.close());
    await socket.bind('tcp://127.0.0.1:*');
    expect(await run(socket.lastEndpoint ?? '')).toMatchObject({ cause: 'incompatible_receiver' });
  });

  it.each<[string, () => Promise<number>]>([
    ['a web server', () => startHttp(answering(200))],
    ['a server that says nothing', startSilent],
  ])('names %s in place of a receiver', async (_what, start) => {
    expect(await run(`tcp://127.0.0.1:${await start()}`)).toMatchObject({
      cause: 'incompatible_receiver',
    });
  });

  it('names a receiver that does not come when the exporter binds', async () => {
    const endpoint = `tcp://127.0.0.1:${await unusedPort()}`;
    expect(await run(endpoint, '--set', 'bind=true')).toMatchObject({ cause: 'no_receiver' });
  });

  it('names a port that another process has bound', async () => {
    const endpoint = await startReceiver();
    expect(await run(endpoint, '--set', 'bind=true')).toMatchObject({ cause: 'address_in_use' });
  });

  it('warns that PUB does not know who listens', async () => {
    const report = await run(
      `tcp://127.0.0.1:${await unusedPort()}`,
      '--set',
      'socketType=pub',
      '--set',
      'bind=true',
    );
    expect(report.exitCode).toBe(0);
    expect(report.steps).toContainEqual(
      expect.objectContaining({ step: 'record', status: 'warning' }),
    );
  });

  it('refuses an endpoint that is none', async () => {
    expect(await run('127.0.0.1:5010')).toMatchObject({
      cause: 'invalid_configuration',
      sentence: expect.stringContaining('endpoint'),
    });
  });
});
