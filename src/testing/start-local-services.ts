import { setMaxListeners } from 'node:events';
import { awsJsonListener } from './aws/aws-json-server.ts';
import type { RecordedRequest } from './aws/aws-service.ts';
import { RateLimits } from './aws/rate-limits.ts';
import { createAwsServices } from './aws-services.ts';
import { dropFirst } from './drop-first.ts';
import { FaultPlan } from './faults/fault-plan.ts';
import { seededRandom } from './faults/seeded-random.ts';
import { httpListener } from './http/http-listener.ts';
import { LocalHttp } from './http/local-http.ts';
import type { LocalServices, LocalServicesOptions } from './local-services.ts';
import { LoopbackServer } from './loopback-server.ts';
import type { Violation } from './violations.ts';
import { LocalZeroMq } from './zeromq/local-zero-mq.ts';

const credentials = {
  accessKeyId: 'AKIALOCALSERVICES000',
  secretAccessKey: 'local-services-secret-access-key',
};

/**
 * Starts the services on free ports of 127.0.0.1, for the real clients to talk to.
 *
 * Rejects with a `TypeError` when a fault is not one of the known kinds.
 */
export async function startLocalServices(
  options: LocalServicesOptions = {},
): Promise<LocalServices> {
  const { strict = true, latencyMillis = 0, seed = 1, region = 'us-east-1' } = options;
  const { decode, port } = options;
  const now = options.now ?? Date.now;
  const plan = new FaultPlan(options.faults ?? [], seededRandom(seed));
  const violations: Violation[] = [];
  const requests: RecordedRequest[] = [];
  const keys = [credentials, ...(options.acceptedCredentials ?? [])];
  const closing = new AbortController();
  const { signal } = closing;
  // One listener for each answer that waits, and there may be many.
  setMaxListeners(0, signal);
  const shared = { plan, violations, requests, strict, latencyMillis, now, signal };

  const rates = new RateLimits(options.quotas ?? false);
  const { services, stores } = createAwsServices(options, {
    decode,
    rates,
    region,
    url: () => aws.url,
  });
  const http = new LocalHttp(() => receiver.url, options.http, decode);
  const zeromqOptions = {
    ...(port !== undefined && { port: port + 2 }),
    ...(typeof options.zeromq === 'object' && options.zeromq),
  };
  const zeromq = new LocalZeroMq(zeromqOptions, now, decode);
  const aws = new LoopbackServer(
    awsJsonListener({
      ...shared,
      region,
      rates,
      services,
      secrets: new Map(keys.map((key) => [key.accessKeyId, key.secretAccessKey])),
    }),
    port,
  );
  const receiver = new LoopbackServer(
    httpListener({ ...shared, store: http }),
    port === undefined ? undefined : port + 1,
  );
  // First: it is the one that may not be installed, and then nothing is left running.
  if (options.zeromq !== undefined && options.zeromq !== false) await zeromq.start();
  try {
    await Promise.all([aws.start(), receiver.start()]);
  } catch (error) {
    await Promise.all([aws.close(), receiver.close(), zeromq.stop()]);
    throw error;
  }

  let closed: Promise<void> | undefined;
  const close = (): Promise<void> => {
    closing.abort();
    closed ??= Promise.all([aws.close(), receiver.close(), zeromq.stop()]).then(() => undefined);
    return closed;
  };

  return {
    clientConfig: { endpoint: aws.url, region, credentials },
    ...stores,
    http,
    zeromq,
    violations,
    requests,
    setFaults: (faults) => plan.replace(faults),
    forgetBefore(millis) {
      for (const store of [...Object.values(stores), http, zeromq]) store.forgetBefore(millis);
      dropFirst(requests, ({ receivedAtMillis }) => receivedAtMillis < millis);
    },
    startZeroMq: () => zeromq.start().then(() => zeromq),
    pause: () => Promise.all([aws.stop(), receiver.stop()]).then(() => undefined),
    resume: () => Promise.all([aws.start(), receiver.start()]).then(() => undefined),
    close,
    stop: close,
    [Symbol.asyncDispose]: close,
  };
}
