import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

export interface RawServer {
  readonly origin: string;
  /** All connections that were made, also those that are closed. */
  readonly sockets: Socket[];
}

/** A server of the running test that answers with bytes. @param onBytes Called when bytes of a request come. */
export async function startRawServer(
  onBytes: (socket: Socket, bytes: Buffer) => void,
): Promise<RawServer> {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => {}).on('data', (bytes) => onBytes(socket, bytes));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, sockets };
}
