import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface EchoedAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A server on the way that repeats what it was sent, in what it answers. */
export async function startEchoServer(
  answer: (request: { readonly head: string; readonly body: string }) => EchoedAnswer,
): Promise<string> {
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const { headers, url = '' } = request;
      const head = [url, ...Object.values(headers).flatMap((value) => value ?? [])].join(' ');
      const { status, headers: answered = {}, body: text } = answer({ head, body });
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1', ...answered });
      response.end(text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const piece of request) body += String(piece);
  return body;
}
