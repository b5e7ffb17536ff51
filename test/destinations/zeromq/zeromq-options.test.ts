import { expect, it } from 'vitest';
import { curveKeyPair, Push } from 'zeromq';
import {
  ZeroMqLogReceiver,
  ZeroMqLogRecordExporter,
} from '../../../src/destinations/zeromq/index.ts';
import { closing } from './support/zeromq-run.ts';

const endpoint = 'tcp://127.0.0.1:5010';
const keys = { serverKey: curveKeyPair().publicKey, ...curveKeyPair() };

const wrongOfExporter: readonly (readonly [object, string])[] = [
  [{}, 'Expected `endpoint` to be an address such as `tcp://127.0.0.1:5010`'],
  [{ endpoint: 'localhost:5010' }, "got `'localhost:5010'`"],
  [{ endpoint: 'http://localhost:5010' }, '`endpoint`'],
  [{ endpoint: 'tcp://localhost' }, 'a host and a port to connect to'],
  [{ endpoint: 'tcp://localhost:70000' }, 'a host and a port'],
  [{ endpoint: 'tcp://*:5010' }, 'a host and a port to connect to'],
  [{ endpoint: 'tcp://*', bind: true }, 'a host and a port to bind'],
  [{ endpoint: 7 }, '`endpoint`'],
  [{ endpoint, socket: {} }, '`socket`'],
  [{ endpoint, socketType: 'req' }, "`socketType` to be one of 'push', 'pub', got `'req'`"],
  [{ endpoint, bind: 'yes' }, '`bind`'],
  [{ endpoint, topic: '' }, '`topic`'],
  [{ endpoint, topic: 'a\nb' }, '`topic`'],
  [{ endpoint, topic: 'x'.repeat(256) }, '`topic` to be at most 255'],
  [{ endpoint, performance: { attributes: 'duration' } }, '`performance`'],
  [{ endpoint, performance: { scopes: [1] } }, '`performance`'],
  [{ endpoint, aggregation: 'frames' }, "`aggregation` to be one of 'none', 'lines'"],
  [{ endpoint, maxRecordsPerMessage: 0 }, '`maxRecordsPerMessage`'],
  [{ endpoint, maxMessageBytes: 1023 }, '`maxMessageBytes`'],
  [{ endpoint, maxMessageBytes: 268_435_457 }, '`maxMessageBytes`'],
  [{ endpoint, compression: 'br', aggregation: 'lines' }, '`compression`'],
  [{ endpoint, sequence: 1 }, '`sequence`'],
  [{ endpoint, sendHighWaterMark: 0 }, '`sendHighWaterMark`'],
  [{ endpoint, sendTimeoutMillis: 0 }, '`sendTimeoutMillis`'],
  [{ endpoint, lingerMillis: -1 }, '`lingerMillis`'],
  [{ endpoint, lingerMillis: 60_001 }, '`lingerMillis`'],
  [{ endpoint, curve: 'secret' }, '`curve` to be an object with keys, got string'],
  [{ socket: 5 }, 'such as `new Push()`, got `5`'],
  [{ endpoint, curve: {} }, '`curve.secretKey`'],
  [{ endpoint, curve: { ...keys, serverKey: undefined } }, '`curve.serverKey`'],
  [{ endpoint, curve: { ...keys, publicKey: 'short' } }, 'a text of 5 characters'],
  [{ endpoint, bind: true, curve: keys }, 'no `curve.serverKey` with `bind`'],
  [{ endpoint, staticFields: { sequence: 1 } }, '`staticFields.sequence`'],
];

it.for(wrongOfExporter)('the exporter refuses %o and says why', ([options, message]) => {
  const create = (): unknown => Reflect.construct(ZeroMqLogRecordExporter, [options]);
  expect(create).toThrow(expect.objectContaining({ code: 'ERR_INVALID_OPTION' }));
  expect(create).toThrow(message);
});

it('refuses options of an own socket beside a given one', () => {
  const socket = closing(new Push({ linger: 0 }));
  for (const extra of [{ endpoint }, { bind: true }, { lingerMillis: 1 }, { curve: keys }]) {
    const create = (): unknown =>
      Reflect.construct(ZeroMqLogRecordExporter, [{ socket, ...extra }]);
    expect(create).toThrow(`\`${Object.keys(extra)[0]}\` with \`socket\``);
  }
});

it('never shows a key in an error', () => {
  const secretKey = `${keys.secretKey}x`;
  const create = (): unknown =>
    new ZeroMqLogRecordExporter({ endpoint, curve: { ...keys, secretKey } });
  expect(create).toThrow(
    expect.not.objectContaining({ message: expect.stringContaining(secretKey) }),
  );
});

it.for([
  { endpoint: 'ipc:///run/logs.sock' },
  { endpoint: 'inproc://logs', socketType: 'pub' },
  { endpoint: 'tcp://*:*', bind: true },
  { endpoint: 'tcp://[::1]:5010' },
  { endpoint: 'tcp://eth0;logs.example:5010' },
  { endpoint, aggregation: 'lines', compression: 'gzip' },
  { endpoint, compression: 'zstd' },
  { endpoint, curve: keys },
] as const)('the exporter takes %o and opens nothing before the first record', async (options) => {
  const exporter = new ZeroMqLogRecordExporter(options);
  await exporter.forceFlush();
  await exporter.shutdown();
  expect(exporter.stats()).toMatchObject({ exported: 0, requests: 0 });
});

const wrongOfReceiver: readonly (readonly [object, string])[] = [
  [{ endpoint: [] }, 'one address or more'],
  [{ endpoint: 'nowhere' }, '`endpoint`'],
  [{ bind: false }, '`endpoint`'],
  [{ socketType: 'sub' }, '`endpoint`'],
  [{ socketType: 'push' }, "`socketType` to be one of 'pull', 'sub'"],
  [{ topics: ['P'] }, 'no `topics`'],
  [{ socketType: 'sub', endpoint, topics: 'P' }, '`topics`'],
  [{ receiveHighWaterMark: 0 }, '`receiveHighWaterMark`'],
  [{ maxMessageBytes: 1 }, '`maxMessageBytes`'],
  [{ handlers: [{ match: () => true }] }, '`handlers`'],
  [{ onGap: 'gap' }, '`onGap`'],
  [{ encoding: 'pickle' }, '`encoding`'],
  [{ onProblem: 1 }, '`onProblem`'],
  [{ curve: keys }, 'no `curve.serverKey` with `bind`'],
];

it.for(wrongOfReceiver)('the receiver refuses %o and says why', ([options, message]) => {
  const create = (): unknown => Reflect.construct(ZeroMqLogReceiver, [options]);
  expect(create).toThrow(expect.objectContaining({ code: 'ERR_INVALID_OPTION' }));
  expect(create).toThrow(message);
});
