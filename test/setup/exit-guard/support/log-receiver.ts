import { type LocalServices, startLocalServices } from 'collectorless/testing';

export interface LogReceiver {
  readonly services: LocalServices;
  /** An address of its own. */
  createUrl(): string;
  /** The bodies of the records that arrived at it, in their order. */
  bodiesAt(url: string): unknown[];
  close(): Promise<void>;
}

/** A service for the applications of several tests at once, as far away as one in a cloud. */
export async function startLogReceiver(): Promise<LogReceiver> {
  const services = await startLocalServices({ latencyMillis: 30 });
  let count = 0;
  return {
    services,
    createUrl() {
      count += 1;
      return new URL(`/app-${count}`, services.http.url).href;
    },
    bodiesAt(url) {
      const { pathname } = new URL(url);
      return services.http.accepted
        .filter(({ path }) => path === pathname)
        .flatMap(({ body }) => body.toString().trimEnd().split('\n'))
        .map((line) => JSON.parse(line).body);
    },
    close: () => services.close(),
  };
}
