import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** What the page can do. Each throws a `RangeError` for a value that cannot be, and another error for what cannot be done now. */
export interface PageControls {
  readonly switchFault: (destination: unknown, fault: unknown, isOn: unknown) => Promise<void>;
  readonly switchNetwork: (isDown: unknown) => Promise<void>;
  readonly setRate: (requestsPerSecond: unknown) => void;
  /** What a destination holds, as lines of JSON; undefined for an unknown name. */
  readonly storedLines: (destination: string) => string | undefined;
}

export interface PageServer {
  readonly url: string;
  /** Tells every open page, and from now on each page that is opened. */
  publish(state: object): void;
  close(): Promise<void>;
}

const METHODS: readonly string[] = ['GET', 'HEAD', 'POST'];
const MAX_BODY_BYTES = 10_000;
/** A page that reads no more, such as one in the background, is left out until it does. */
const MAX_UNREAD_BYTES = 1_000_000;

/** The port cannot be had. */
export class PageServerError extends Error {
  override readonly name = 'PageServerError';

  constructor(port: number, cause: unknown) {
    super(`The page cannot be shown: port ${port} is taken, or may not be used.`, { cause });
  }
}

/** Serves the page and its events on 127.0.0.1. Rejects with a `PageServerError` when the port is taken. */
export async function startPageServer(
  html: string,
  port: number,
  controls: PageControls,
): Promise<PageServer> {
  const pages = new Set<ServerResponse>();
  let event = '';
  const headers = { 'content-type': 'text/html; charset=utf-8', ...securityHeaders(html) };

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      const isTheirs = error instanceof RangeError || error instanceof SyntaxError;
      const message = error instanceof Error ? error.message : 'something failed';
      if (response.headersSent) response.destroy();
      else response.writeHead(isTheirs ? 400 : 409, PLAIN).end(message);
    });
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening').catch((cause: unknown) => {
    throw new PageServerError(port, cause);
  });
  const address = server.address();
  const host = `127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // A foreign page may make a browser ask us, by a name that points here or from its own address.
    const { host: asked, origin = `http://${host}` } = request.headers;
    if (asked !== host || origin !== `http://${host}`) {
      response.writeHead(403, PLAIN).end('This page is for 127.0.0.1 only.');
      return;
    }
    const path = request.url ?? '/';
    if (!METHODS.includes(request.method ?? '')) {
      response.writeHead(405, { ...PLAIN, allow: METHODS.join(', ') }).end('Not allowed');
    } else if (request.method === 'POST') {
      await act(path, await readJson(request));
      response.writeHead(204).end();
    } else if (path === '/') response.writeHead(200, headers).end(html);
    else if (path === '/events') tellFromNowOn(response);
    else {
      const lines = controls.storedLines(path.replace('/stored/', ''));
      response.writeHead(lines === undefined ? 404 : 200, PLAIN).end(lines ?? 'Not found');
    }
  }

  async function act(path: string, body: Readonly<Record<string, unknown>>): Promise<void> {
    if (path === '/fault') {
      await controls.switchFault(body['destination'], body['fault'], body['isOn']);
    } else if (path === '/network') await controls.switchNetwork(body['isDown']);
    else if (path === '/rate') controls.setRate(body['requestsPerSecond']);
    else throw new RangeError('There is nothing to do here.');
  }

  function tellFromNowOn(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write(`retry: 500\n\n${event}`);
    pages.add(response);
    response.once('close', () => pages.delete(response));
  }

  return {
    url: `http://${host}/`,
    publish(state) {
      event = `data: ${JSON.stringify(state)}\n\n`;
      for (const page of pages) if (page.writableLength < MAX_UNREAD_BYTES) page.write(event);
    },
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

const PLAIN = { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' };

/** Nothing but what stands in the page itself runs in it, and it talks to nobody else. */
function securityHeaders(html: string): Record<string, string> {
  const hashOf = (tag: string): string => {
    const text = new RegExp(`<${tag}>(.*?)</${tag}>`, 'su').exec(html)?.[1] ?? '';
    return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  };
  return {
    'content-security-policy': `default-src 'none'; connect-src 'self'; script-src ${hashOf('script')}; style-src ${hashOf('style')}; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  };
}

/** JSON only: what a form of a foreign page could send is something else. */
async function readJson(request: IncomingMessage): Promise<Readonly<Record<string, unknown>>> {
  if (request.headers['content-type'] !== 'application/json') throw new RangeError('Send JSON.');
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) throw new RangeError('That is too much.');
    chunks.push(chunk);
  }
  const value: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'));
  if (typeof value !== 'object' || value === null) throw new RangeError('Send an object.');
  return { ...value };
}
