// npx node examples/run-locally.ts examples/winston.ts — runs an example; only the cloud is local.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { decodeLogRecords } from 'collectorless/decode';
import { startLocalServices } from 'collectorless/testing';

const [name = 'cloudwatch-logs.ts', ...args] = process.argv.slice(2);

await using services = await startLocalServices({ zeromq: true, decode: decodeLogRecords });
const { credentials, endpoint, region } = services.clientConfig;

const example = fileURLToPath(new URL(basename(name), import.meta.url));
const child = spawn(process.execPath, [example, ...args], {
  env: {
    PATH: process.env['PATH'],
    AWS_REGION: region,
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    LOG_URL: `${services.http.url}/logs`,
    SUMO_URL: `${services.http.url}/receiver/v1/http/token`,
    LOG_ENDPOINT: services.zeromq.endpoint,
  },
  stdio: 'inherit',
});
const [exitCode] = await once(child, 'close');
process.exitCode = exitCode ?? 1;

for (const [service, store] of Object.entries<unknown>({ ...services })) {
  const decoded = decodedIn(store);
  if (decoded.length === 0) continue;
  console.log(`${decoded.length} records at ${service}, the last of them:`, decoded.at(-1));
}

function decodedIn(store: unknown): readonly unknown[] {
  if (typeof store !== 'object' || store === null || !('decoded' in store)) return [];
  return Array.isArray(store.decoded) ? store.decoded : [];
}
