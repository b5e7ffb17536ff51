import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { CliIo } from '../../../cli/cli-io.ts';
import type { EncodingOptions } from '../../../cli/print/encoding-options.ts';
import type { Messages } from '../../../cli/print/messages.ts';
import { Arrivals } from '../../../cli/tail/arrivals.ts';
import { MessageDecoder } from '../../../cli/tail/message-decoder.ts';
import type { RecordBatch } from '../../../cli/tail/record-batch.ts';
import { UserError } from '../../../cli/user-error.ts';
import { describeError } from '../../../describe-error.ts';
import { httpLogListener } from './http-log-listener.ts';

export interface HttpSourceOptions extends Pick<EncodingOptions, 'encoding'> {
  readonly host: string;
}

/** Each may be sending a body of up to 16 MiB. */
const MAX_CONNECTIONS = 64;

/** Serves as a receiver for the HTTP exporter and its like: takes whatever is sent to any path. */
export async function* httpSource(
  port: number,
  options: HttpSourceOptions,
  io: CliIo,
  messages: Messages,
): AsyncGenerator<RecordBatch> {
  const arrivals = new Arrivals<RecordBatch>();
  const decoder = new MessageDecoder(options, messages);
  const server = createServer(httpLogListener(decoder, (batch) => arrivals.push(batch)));
  server.maxConnections = MAX_CONNECTIONS;
  const end = (): void => arrivals.end();
  io.signal.addEventListener('abort', end);
  try {
    await listen(server, port, options.host);
    messages.note(`listening at ${urlOf(server)}`);
    yield* arrivals;
  } finally {
    io.signal.removeEventListener('abort', end);
    await close(server);
  }
}

async function listen(server: Server, port: number, host: string): Promise<void> {
  try {
    server.listen(port, host);
    await once(server, 'listening');
  } catch (cause) {
    throw new UserError(`cannot listen at ${host}:${port}: ${describeError(cause)}`, { cause });
  }
}

/** Answers under way are finished: a sender whose records were printed must not send them again. */
async function close(server: Server): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, 'close');
  server.close();
  server.closeIdleConnections();
  setImmediate(() => server.closeAllConnections());
  await closed;
}

function urlOf(server: Server): string {
  const address = server.address();
  if (address === null || typeof address === 'string') return 'an unknown address';
  const host = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return `http://${host}:${address.port}`;
}
