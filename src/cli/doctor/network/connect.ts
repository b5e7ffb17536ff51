import { connect, isIP, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';

export interface ConnectOptions {
  readonly host: string;
  readonly port: number;
  readonly timeoutMillis: number;
}

/** Resolves when the host takes the connection, which is closed again. Rejects with a system error. */
export async function connectTcp({ host, port, timeoutMillis }: ConnectOptions): Promise<void> {
  const socket = connect({ host, port });
  await whenOpen(socket, 'connect', timeoutMillis, () => undefined);
}

export interface TlsConnection {
  /** `TLSv1.3` */
  readonly version: string;
  /** Who signed the certificate. */
  readonly issuer: string;
}

/** Shakes hands and closes the connection. Rejects with the error of OpenSSL or of Node.js. */
export async function shakeHandsTls(options: ConnectOptions): Promise<TlsConnection> {
  const socket = startTls(options, true);
  return whenOpen(socket, 'secureConnect', options.timeoutMillis, () => {
    const issuer = socket.getPeerCertificate().issuer?.O;
    return {
      version: socket.getProtocol() ?? 'TLS',
      issuer: typeof issuer === 'string' ? issuer : '',
    };
  });
}

/** True when a TLS handshake succeeds, whatever the certificate is worth. */
export async function speaksTls(options: ConnectOptions): Promise<boolean> {
  try {
    const socket = startTls(options, false);
    return await whenOpen(socket, 'secureConnect', options.timeoutMillis, () => true);
  } catch {
    return false;
  }
}

function startTls({ host, port }: ConnectOptions, rejectUnauthorized: boolean): TLSSocket {
  return connectTls({
    host,
    port,
    rejectUnauthorized,
    ALPNProtocols: ['http/1.1'],
    // A name for an address is against RFC 6066.
    ...(isIP(host) === 0 ? { servername: host } : {}),
  });
}

/** Reads what there is to know of an open connection, and closes it. */
function whenOpen<T>(
  socket: Socket,
  event: string,
  timeoutMillis: number,
  read: () => T,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const timer = setTimeout(() => {
      const code = event === 'connect' ? 'ETIMEDOUT' : 'ERR_TLS_HANDSHAKE_TIMEOUT';
      reject(Object.assign(new Error(`no answer within ${timeoutMillis} ms`), { code }));
    }, timeoutMillis);
    socket.once(event, () => resolve(read()));
    socket.once('error', (error) => reject(firstOf(error)));
    socket.once('close', () => {
      clearTimeout(timer);
      reject(Object.assign(new Error('the connection was closed'), { code: 'ECONNRESET' }));
    });
  }).finally(() => socket.destroy());
}

/** Of several addresses each has its error; they are alike. */
function firstOf(error: Error): Error {
  const first: unknown = error instanceof AggregateError ? error.errors[0] : undefined;
  return first instanceof Error ? first : error;
}
