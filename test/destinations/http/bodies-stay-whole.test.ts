import { once } from 'node:events';
import type { AddressInfo, Server, Socket } from 'node:net';
import { createServer as createTcpServer } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { expect, it, onTestFinished, vi } from 'vitest';
import { HttpLogRecordExporter } from '../../../src/destinations/http/index.ts';
import { createLogRecord } from '../../../src/testing/index.ts';
import { createCertificate } from '../../cli/doctor/support/create-certificate.ts';
import { exportRecords } from '../../support/export-records.ts';

/** More than sockets and the system take of a request that nobody reads. */
const RECORD_BYTES = 500_000;
const RECORDS = 14;
const LINE_BYTES = RECORD_BYTES + 1;
const OK = 'HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n';

interface SlowService {
  readonly url: string;
  /** Bodies that came whole. */
  readonly bodies: Buffer[];
  /** Reads what it has left unread, and answers from now on when a request is read. */
  readOn(): void;
}

const KINDS: Readonly<Record<string, (onSocket: (socket: Socket) => void) => Server>> = {
  http: (onSocket) => createTcpServer(onSocket),
  https: (onSocket) => createTlsServer(createCertificate('localhost'), onSocket),
};

/** Answers every request when its first bytes come, and does not read the rest until it is told to. */
async function startSlowService(kind: string): Promise<SlowService> {
  const bodies: Buffer[] = [];
  const sockets: Socket[] = [];
  let isSlow = true;
  const server = KINDS[kind]?.((socket) => {
    sockets.push(socket);
    socket.on('error', () => {});
    let unread = Buffer.alloc(0);
    let isAnswered = false;
    socket.on('data', (bytes: Buffer) => {
      unread = Buffer.concat([unread, bytes]);
      if (isSlow && !isAnswered) {
        isAnswered = true;
        socket.write(OK);
      }
      if (isSlow) socket.pause();
      for (;;) {
        const headEnd = unread.indexOf('\r\n\r\n');
        if (headEnd === -1) return;
        const head = unread.toString('latin1', 0, headEnd);
        const end = headEnd + 4 + Number(/content-length: (\d+)/iu.exec(head)?.[1]);
        if (unread.length < end) return;
        bodies.push(unread.subarray(headEnd + 4, end));
        unread = unread.subarray(end);
        if (!isAnswered) socket.write(OK);
        isAnswered = false;
      }
    });
  });
  if (server === undefined) throw new Error(`There is no ${kind}`);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return {
    url: `${kind}://localhost:${(server.address() as AddressInfo).port}`,
    bodies,
    readOn() {
      isSlow = false;
      for (const socket of sockets) socket.resume();
    },
  };
}

/** The letter of each record's line, or what is wrong with it. */
function linesOf(body: Buffer): string[] {
  const lines: string[] = [];
  for (let start = 0; start < body.length; start += LINE_BYTES) {
    const line = body.subarray(start, start + LINE_BYTES);
    const letter = line.toString('latin1', 0, 1);
    const isWhole = line.equals(Buffer.from(`${letter.repeat(RECORD_BYTES)}\n`));
    lines.push(isWhole ? letter : `${letter} and others`);
  }
  return lines;
}

it.each(['http', 'https'])(
  'a body of %s that was answered before it was sent stays as it is until it has left',
  async (kind) => {
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    onTestFinished(() => {
      vi.unstubAllEnvs();
    });
    const service = await startSlowService(kind);
    const exporter = new HttpLogRecordExporter({
      url: service.url,
      encoding: 'body',
      acknowledge: 'delivered',
      maxRequestBytes: 8_000_000,
      // On a busy machine an attempt takes long; one that is given up is sent again.
      timeoutMillis: 120_000,
      // Enough for the memory of a body to be kept.
      maxBufferedBytes: 512 * 1024 * 1024,
    });
    const letters = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    const send = async (letter: string): Promise<void> => {
      const body = letter.repeat(RECORD_BYTES);
      const records = Array.from({ length: RECORDS }, () => createLogRecord({ body }));
      const exported = exportRecords(exporter, records);
      void exporter.forceFlush();
      await exported;
    };
    await send('a');
    expect(service.bodies).toEqual([]);
    const sent = letters.slice(1).map(send);
    // The next body is ready to be sent, in whatever memory it has.
    await expect.poll(() => exporter.stats().requests).toBeGreaterThan(1);
    service.readOn();
    await Promise.all(sent);
    const lines = (): string[] => service.bodies.flatMap(linesOf);
    await expect.poll(() => lines().length).toBe(letters.length * RECORDS);
    expect(lines().sort()).toEqual(letters.flatMap((letter) => Array(RECORDS).fill(letter)));
    await exporter.shutdown();
  },
);
