import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import {
  type AddressInfo,
  connect,
  createServer as createTcpServer,
  type Server as TcpServer,
} from 'node:net';
import { createServer as createTlsTcpServer } from 'node:tls';
import { onTestFinished } from 'vitest';
import type { Certificate } from './create-certificate.ts';

/** The port of a plain HTTP server that is closed when the test ends. */
export function startHttp(listener: RequestListener): Promise<number> {
  return listening(createServer(listener));
}

export function startHttps(certificate: Certificate, listener: RequestListener): Promise<number> {
  return listening(createTlsServer({ ...certificate }, listener));
}

/** A TLS port that tells who speaks plain HTTP to it so, as nginx does. */
export function startHttpsWithPlainAnswer(certificate: Certificate): Promise<number> {
  const server = createTlsServer({ ...certificate }, answering(200));
  const front = createTcpServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', (chunk) => {
      socket.pause();
      // A handshake record of TLS begins with 22.
      if (chunk[0] !== 22) {
        socket.end(
          'HTTP/1.1 400 Bad Request\r\ncontent-type: text/html\r\nconnection: close\r\n\r\n<html>',
        );
        return;
      }
      socket.unshift(chunk);
      server.emit('connection', socket);
    });
  });
  return listening(front);
}

/** Speaks TLS and hands on what it hears to a plain server. */
export function startTlsFront(certificate: Certificate, plainAddress: string): Promise<number> {
  const { hostname, port } = new URL(plainAddress);
  return listening(
    createTlsTcpServer({ ...certificate }, (socket) => {
      const inner = connect(Number(port), hostname);
      socket.on('error', () => inner.destroy());
      inner.on('error', () => socket.destroy());
      socket.pipe(inner).pipe(socket);
    }),
  );
}

/** A listener that answers everything so. */
export function answering(
  status: number,
  headers: Readonly<Record<string, string>> = {},
  body = '',
): RequestListener {
  return (request, response) => {
    request.resume();
    response.writeHead(status, headers).end(body);
  };
}

export const webPage: RequestListener = answering(
  200,
  { 'content-type': 'text/html; charset=utf-8' },
  '<html><body>Welcome</body></html>',
);

/** A port at which nobody listens. */
export async function unusedPort(): Promise<number> {
  const server = createTcpServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** A server that takes connections and says nothing. */
export async function startSilent(): Promise<number> {
  const server = createTcpServer((socket) => {
    socket.on('error', () => {});
    onTestFinished(() => {
      socket.destroy();
    });
  }).listen(0, '127.0.0.1');
  onTestFinished(() => {
    server.close();
  });
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

async function listening(server: TcpServer | Server): Promise<number> {
  onTestFinished(() => {
    server.close();
    if ('closeAllConnections' in server) server.closeAllConnections();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}
