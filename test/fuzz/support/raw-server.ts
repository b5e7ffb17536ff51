import { createServer, type Socket } from 'node:net';
import { promisify } from 'node:util';

/** What a server does with a connection. */
export interface RawAnswer {
  /** Written one after the other, each in a turn of its own. */
  readonly pieces: readonly Uint8Array[];
  readonly end: 'close' | 'reset' | 'stay';
}

/** A server that answers each request with bytes that need not be HTTP; the last answer stays. */
export interface RawServer extends AsyncDisposable {
  readonly url: string;
  /** How much the other side took, about: what the system holds between the two is in it. */
  readBytes(): number;
}

export async function startRawServer(answers: readonly RawAnswer[]): Promise<RawServer> {
  const sockets = new Set<Socket>();
  let count = 0;
  let readBytes = 0;
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => {
      sockets.delete(socket);
      readBytes += socket.bytesWritten - socket.writableLength;
    });
    socket.on('error', () => {});
    socket.on('data', (data) => {
      // Each request of a connection begins with its method; more of its body is none.
      if (!/^(?:POST|PUT|GET) /u.test(data.toString('latin1', 0, 8))) return;
      const answer = answers[Math.min(count, answers.length - 1)];
      count += 1;
      if (answer !== undefined) void send(socket, answer);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return {
    url: `http://127.0.0.1:${port}`,
    readBytes: () =>
      [...sockets].reduce(
        (sum, { bytesWritten, writableLength }) => sum + bytesWritten - writableLength,
        readBytes,
      ),
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await promisify(server.close.bind(server))();
    },
  };
}

async function send(socket: Socket, { end, pieces }: RawAnswer): Promise<void> {
  for (const piece of pieces) {
    if (socket.destroyed) return;
    socket.write(piece);
    await new Promise((resolve) => setImmediate(resolve));
  }
  if (end === 'close') socket.end();
  if (end === 'reset') socket.resetAndDestroy();
}
