import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import type { KinesisClient } from '@aws-sdk/client-kinesis';
import type { UnrefAgents } from '../aws/unref-agent.ts';

type Handler = KinesisClient['config']['requestHandler'];

/**
 * Sends the requests of the Kinesis client by HTTP/1.1.
 *
 * The client's own handler speaks HTTP/2, which only a subscription to a shard needs: its connections cannot be
 * kept from holding the process, and servers that stand in for AWS do not speak it without TLS.
 */
export class Http1Handler {
  readonly metadata: { readonly handlerProtocol: string } = { handlerProtocol: 'http/1.1' };
  readonly #agents: UnrefAgents;

  constructor(agents: UnrefAgents) {
    this.#agents = agents;
  }

  async handle(
    request: Parameters<Handler['handle']>[0],
    options: { readonly abortSignal?: unknown } = {},
  ): ReturnType<Handler['handle']> {
    const { body, headers, hostname, method, path, port, protocol } = request;
    const isTls = protocol === 'https:';
    const signal = options.abortSignal;
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      const outgoing = (isTls ? https : http).request(
        {
          agent: isTls ? this.#agents.httpsAgent : this.#agents.httpAgent,
          host: hostname.replace(/^\[|\]$/gu, ''),
          ...(port === undefined ? {} : { port }),
          method,
          path,
          headers,
          ...(signal instanceof AbortSignal ? { signal } : {}),
        },
        resolve,
      );
      outgoing.on('error', reject);
      outgoing.end(body);
    });
    return {
      response: {
        statusCode: answer.statusCode ?? 0,
        ...(answer.statusMessage === undefined ? {} : { reason: answer.statusMessage }),
        headers: joined(answer.headers),
        body: answer,
      },
    };
  }

  destroy(): void {
    this.#agents.httpAgent.destroy();
    this.#agents.httpsAgent.destroy();
  }
}

function joined(headers: IncomingMessage['headers']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value = '']) => [name, [value].flat().join(', ')]),
  );
}
