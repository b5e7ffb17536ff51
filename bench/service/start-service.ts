import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { BilledUse } from './billed-use.ts';

/** What the service is told at its start. */
export interface ServiceTask {
  /** Time from the last byte of a request to its answer. */
  readonly latencyMillis: number;
  /** A text that each record holds once; records without it are not counted. */
  readonly mark: string;
  /** Also works out what AWS would bill, for which it parses every call. */
  readonly weighs: boolean;
}

/** What has arrived so far. */
export interface ServiceCounts {
  readonly records: number;
  readonly requests: number;
  /** Of the bodies, as they were sent. */
  readonly bytes: number;
  /** What AWS would bill for the calls with counted records; nothing unless the service weighs. */
  readonly use: BilledUse;
  /** Calls that the real service would have refused, each by the limit it broke. */
  readonly refused: readonly string[];
}

/** A service in a process of its own, so that its work is not counted as the exporter's. */
export interface Service {
  readonly url: string;
  counts(): Promise<ServiceCounts>;
  stop(): void;
}

export async function startService(task: ServiceTask): Promise<Service> {
  const script = new URL('service-process.ts', import.meta.url);
  const child = fork(script, [JSON.stringify(task)], { execArgv: ['--no-warnings'] });
  const [address] = await once(child, 'message');
  return {
    url: `http://127.0.0.1:${address.port}`,
    async counts() {
      child.send('counts');
      const [counts] = await once(child, 'message');
      return counts;
    },
    stop: () => void child.kill(),
  };
}
