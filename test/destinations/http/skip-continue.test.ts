import { expect, it } from 'vitest';
import { type RawServer, startRawServer } from './support/raw-server.ts';
import { createLogRecords, withHttp } from './support/with-http.ts';

const CONTINUE = 'HTTP/1.1 100 Continue\r\n\r\n';

const OK = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok';

/** Answers each request with these pieces, one after the other. */
function startServer(pieces: readonly string[]): Promise<RawServer> {
  return startRawServer((socket, bytes) => {
    if (!bytes.toString().endsWith('}\n')) return;
    for (const [index, piece] of pieces.entries())
      setTimeout(() => socket.write(piece), 20 * index);
  });
}

it.each<[string, readonly string[]]>([
  ['before the answer', [CONTINUE, OK]],
  ['together with the answer', [CONTINUE + OK]],
  ['twice, with a header', [`HTTP/1.1 100\r\nserver: x\r\n\r\n${CONTINUE}`, OK]],
  ['behind early hints', [`HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n`, CONTINUE, OK]],
])('a 100 Continue that comes %s costs no record and no attempt', async (_, pieces) => {
  const { origin } = await startServer(pieces);
  await withHttp({ url: () => origin }, async ({ exporter, send }) => {
    expect(await send(createLogRecords(3))).toBeUndefined();
    expect(await send(createLogRecords(3))).toBeUndefined();
    expect(exporter.stats()).toMatchObject({ delivered: 6, requests: 2, retried: 0 });
  });
});

it('an answer whose body looks like a 100 Continue is the answer', async () => {
  const body = `HTTP/1.1 100 Continue is what I say`;
  const { origin } = await startServer([
    `HTTP/1.1 400 Bad Request\r\ncontent-length: ${body.length}\r\n\r\n`,
    body,
  ]);
  await withHttp({ url: () => origin }, async ({ exporter, send }) => {
    await send(createLogRecords(1));
    expect(exporter.stats()).toMatchObject({ dropped: { rejected: 1 }, requests: 1 });
  });
});
