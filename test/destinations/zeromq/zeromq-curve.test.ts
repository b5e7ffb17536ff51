import { expect, it } from 'vitest';
import { curveKeyPair, Pull } from 'zeromq';
import { startLocalServices } from '../../../src/testing/index.ts';
import { exportRecords } from '../../support/export-records.ts';
import { closing, createExporter, ipcEndpoint, logRecords, quick } from './support/zeromq-run.ts';

it('DL-11: CURVE: records reach a receiver with the right keys', async () => {
  const server = curveKeyPair();
  const client = curveKeyPair();
  const receiver = closing(
    new Pull({ linger: 0, curveServer: true, curveSecretKey: server.secretKey }),
  );
  await receiver.bind('tcp://127.0.0.1:*');
  const exporter = createExporter({
    ...quick,
    endpoint: receiver.lastEndpoint ?? '',
    curve: { serverKey: server.publicKey, ...client },
  });
  await exportRecords(exporter, logRecords(1));
  const [topic] = await receiver.receive();
  expect(String(topic)).toBe('PLJ');
});

it('DL-11: CURVE: the exporter that binds is the server', async () => {
  const server = curveKeyPair();
  const client = curveKeyPair();
  const endpoint = ipcEndpoint();
  const exporter = createExporter({ ...quick, endpoint, bind: true, curve: server });
  await exportRecords(exporter, logRecords(1));
  const receiver = closing(
    new Pull({
      linger: 0,
      curveServerKey: server.publicKey,
      curvePublicKey: client.publicKey,
      curveSecretKey: client.secretKey,
    }),
  );
  receiver.connect(endpoint);
  const [topic] = await receiver.receive();
  expect(String(topic)).toBe('PLJ');
});

it('DL-11: CURVE: nothing is handed over to a receiver with other keys or none', async () => {
  await using services = await startLocalServices({ zeromq: true });
  const exporter = createExporter({
    ...quick,
    endpoint: services.zeromq.endpoint,
    curve: { serverKey: curveKeyPair().publicKey, ...curveKeyPair() },
    timeoutMillis: 200,
  });
  await exportRecords(exporter, logRecords(4));
  await exporter.forceFlush();
  expect(exporter.stats()).toMatchObject({ delivered: 0, dropped: { timeout: 4 } });
});
