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
  return { httpAgent: new UnrefHttpAgent(KEEP_ALIVE), httpsAgent: new UnrefHttpsAgent(KEEP_ALIVE) };
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
