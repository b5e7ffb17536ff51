import http from 'node:http';
import https from 'node:https';
import type { Duplex } from 'node:stream';

/** Connections that never keep the process alive: an exporter must not hold up the application's end. */
export interface UnrefAgents {
  readonly httpAgent: http.Agent;
  readonly httpsAgent: https.Agent;
}

const KEEP_ALIVE = { keepAlive: true, keepAliveMsecs: 1000 };

export function createUnrefAgents(): UnrefAgents {
  return {
    httpAgent: withoutKeepAliveTimer(new UnrefHttpAgent(KEEP_ALIVE)),
    httpsAgent: withoutKeepAliveTimer(new UnrefHttpsAgent(KEEP_ALIVE)),
  };
}

/**
 * The SDK's handler starts a timer of 3 s for each request, to set up keep-alive of the socket, when
 * `agent.keepAlive` is `true`; the timer keeps the process. Node.js itself only looks whether it is truthy,
 * and has set up the socket already.
 */
function withoutKeepAliveTimer<A extends http.Agent>(agent: A): A {
  return Object.assign(agent, { keepAlive: 1 });
}

class UnrefHttpAgent extends http.Agent {
  override createConnection(
    ...args: Parameters<http.Agent['createConnection']>
  ): ReturnType<http.Agent['createConnection']> {
    return unref(super.createConnection(...args));
  }

  override reuseSocket(...args: Parameters<http.Agent['reuseSocket']>): void {
    super.reuseSocket(...args);
    unref(args[0]);
  }
}

class UnrefHttpsAgent extends https.Agent {
  override createConnection(
    ...args: Parameters<https.Agent['createConnection']>
  ): ReturnType<https.Agent['createConnection']> {
    return unref(super.createConnection(...args));
  }

  override reuseSocket(...args: Parameters<https.Agent['reuseSocket']>): void {
    super.reuseSocket(...args);
    unref(args[0]);
  }
}

function unref<S extends Duplex | null | undefined>(socket: S): S {
  if (socket != null && 'unref' in socket && typeof socket.unref === 'function') socket.unref();
  return socket;
}
