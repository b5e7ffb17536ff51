import { once, setMaxListeners } from 'node:events';
import { createServer, type Server } from 'node:http';
import { awsJsonListener } from './aws/aws-json-server.ts';
import type { RecordedRequest } from './aws/aws-service.ts';
import { cloudWatchLogsService } from './cloudwatch-logs/cloudwatch-logs-service.ts';
import { LocalCloudWatchLogs } from './cloudwatch-logs/local-cloudwatch-logs.ts';
import { FaultPlan } from './faults/fault-plan.ts';
import { seededRandom } from './faults/seeded-random.ts';
import { firehoseService } from './firehose/firehose-service.ts';
import { LocalFirehose } from './firehose/local-firehose.ts';
import type { LocalServices, LocalServicesOptions } from './local-services.ts';
import type { Violation } from './violations.ts';

const credentials = {
  accessKeyId: 'AKIALOCALSERVICES000',
  secretAccessKey: 'local-services-secret-access-key',
};

/**
 * Starts the services on a free port of 127.0.0.1, for the real clients to talk to.
 *
 * Rejects with a `TypeError` when a fault is not one of the known kinds.
 */
export async function startLocalServices(
  options: LocalServicesOptions = {},
): Promise<LocalServices> {
  const { strict = true, latencyMillis = 0, seed = 1, region = 'us-east-1' } = options;
  const plan = new FaultPlan(options.faults ?? [], seededRandom(seed));
  const firehose = new LocalFirehose(options.firehose);
  const cloudWatchLogs = new LocalCloudWatchLogs(options.cloudWatchLogs);
  const violations: Violation[] = [];
  const requests: RecordedRequest[] = [];
  const keys = [credentials, ...(options.acceptedCredentials ?? [])];
  const closing = new AbortController();
  // One listener for each answer that waits, and there may be many.
  setMaxListeners(0, closing.signal);

  const listener = awsJsonListener({
    services: [firehoseService(firehose), cloudWatchLogsService(cloudWatchLogs)],
    plan,
    violations,
    requests,
    strict,
    region,
    latencyMillis,
    secrets: new Map(keys.map((key) => [key.accessKeyId, key.secretAccessKey])),
    now: options.now ?? Date.now,
    signal: closing.signal,
  });
  const server = createServer({ keepAliveTimeout: 30_000 }, listener);
  const endpoint = await listen(server);

  let closed: Promise<void> | undefined;
  const close = (): Promise<void> => {
    closed ??= closeServer(server, closing);
    return closed;
  };

  return {
    clientConfig: { endpoint, region, credentials },
    firehose,
    cloudWatchLogs,
    violations,
    requests,
    setFaults: (faults) => plan.replace(faults),
    close,
    stop: close,
    [Symbol.asyncDispose]: close,
  };
}

async function listen(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return `http://127.0.0.1:${address.port}`;
}

async function closeServer(server: Server, closing: AbortController): Promise<void> {
  closing.abort();
  const done = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await done;
}
