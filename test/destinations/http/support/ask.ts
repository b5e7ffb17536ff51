import { getEventListeners } from 'node:events';
import type { Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { Agent } from 'undici';
import { onTestFinished } from 'vitest';
import {
  type Answer,
  type ExchangeRequest,
  exchange,
} from '../../../../src/destinations/http/exchange.ts';
import { systemRuntime } from '../../../../src/exporter/runtime.ts';
import type { Clock } from '../../../../src/send/clock.ts';
import { type RawServer, startRawServer } from './raw-server.ts';

export interface Asked {
  readonly server: RawServer;
  /** Aborts the request. */
  readonly abort: AbortController;
  readonly answer: Promise<Answer>;
  /** Who waits for the abort of the request. */
  listeners(): number;
  /** Makes the same request again, with the same connections. */
  again(): Promise<Answer>;
}

/** Makes one request, a GET that comes in one piece, to a server that answers with what `onBytes` writes. */
export async function ask(
  onBytes: (socket: Socket, bytes: Buffer) => void,
  request: Partial<ExchangeRequest> = {},
  {
    abort = new AbortController(),
    clock = systemRuntime,
  }: { readonly abort?: AbortController; readonly clock?: Pick<Clock, 'startTimer'> } = {},
): Promise<Asked> {
  const server = await startRawServer(onBytes);
  const agent = new Agent();
  onTestFinished(() => agent.destroy());
  const { origin } = server;
  const { signal } = abort;
  const send = (): Promise<Answer> =>
    exchange(agent, { origin, path: '/', method: 'GET', signal, ...request }, clock);
  const answer = send();
  // A test may look at it later than it is rejected.
  answer.catch(() => {});
  const listeners = (): number => getEventListeners(signal, 'abort').length;
  const again = async (): Promise<Answer> => {
    // Only then undici gives the connection to another request.
    await setImmediate();
    return send();
  };
  return { server, abort, answer, listeners, again };
}
