import { createLogRecord } from 'collectorless/testing';
import { ZeroMqLogReceiver, ZeroMqLogRecordExporter } from 'collectorless/zeromq';
import { expect, it } from 'vitest';
import { curveKeyPair } from 'zeromq';
import { SECRETS, secretsIn } from './support/secrets.ts';
import { Witness } from './support/witness.ts';

const records = [createLogRecord({ body: SECRETS.content })];
const server = curveKeyPair();
const client = curveKeyPair();
const known = {
  ...SECRETS,
  serverKey: server.publicKey,
  publicKey: client.publicKey,
  secretKey: client.secretKey,
};
const { publicKey, secretKey } = client;

it('keys and contents do not come out when no receiver takes the messages', async () => {
  const witness = new Witness();
  const exporter = new ZeroMqLogRecordExporter({
    endpoint: 'tcp://127.0.0.1:9',
    curve: { serverKey: server.publicKey, publicKey, secretKey },
    acknowledge: 'delivered',
    timeoutMillis: 300,
    lingerMillis: 0,
    onDrop: witness.onDrop,
  });
  const { dropped } = await witness.run(exporter, records);
  expect(Object.values(dropped)).toEqual([1]);
  expect(secretsIn(witness.text, known)).toEqual([]);
});

it.each([
  [
    'a key that is too long',
    { serverKey: server.publicKey, publicKey, secretKey: `${secretKey}x` },
  ],
  ['a key with a space', { serverKey: server.publicKey, publicKey: ` ${publicKey}`, secretKey }],
  ['a missing key', { publicKey, secretKey }],
])('keys do not come out of the error for %s', (_, curve) => {
  const witness = new Witness();
  const endpoint = 'tcp://127.0.0.1:9';
  const thrown = witness.catch(() => new ZeroMqLogRecordExporter({ endpoint, curve }));
  expect(thrown).toMatchObject({ code: 'ERR_INVALID_OPTION' });
  expect(secretsIn(witness.text, known)).toEqual([]);
});

it('keys do not come out when a receiver cannot bind', async () => {
  const witness = new Witness();
  const endpoint = 'tcp://192.0.2.1:9';
  const curve = { secretKey: server.secretKey };
  const receiver = new ZeroMqLogReceiver({ endpoint, curve, handlers: [] });
  await receiver.start().catch((thrown: unknown) => witness.note(thrown));
  await receiver.close();
  expect(witness.text).not.toBe('');
  expect(secretsIn(witness.text, { ...known, secretKey: server.secretKey })).toEqual([]);
});
