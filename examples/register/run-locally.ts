// npx node examples/register/run-locally.ts [fastify.mjs] — runs app.cjs as in production; only the cloud is local.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { basename } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { startLocalServices } from 'collectorless/testing';

await using services = await startLocalServices();
const { credentials, endpoint, region } = services.clientConfig;

const [name = 'app.cjs'] = process.argv.slice(2);
const app = spawn(
  process.execPath,
  ['--import', 'collectorless/register', fileURLToPath(new URL(basename(name), import.meta.url))],
  {
    // The bare name of --import is looked up from here.
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    env: {
      PATH: process.env['PATH'],
      OTEL_SERVICE_NAME: 'shop',
      OTEL_LOGS_EXPORTER: 'cloudwatch-logs',
      OTEL_EXPORTER_CLOUDWATCH_LOGS_LOG_GROUP_NAME: '/shop/orders',
      OTEL_EXPORTER_CLOUDWATCH_LOGS_RETENTION_IN_DAYS: '7',
      // By default each record also describes the process and the machine.
      OTEL_NODE_RESOURCE_DETECTORS: 'env,serviceinstance',
      AWS_REGION: region,
      // In AWS these three come from the role of the service.
      AWS_ENDPOINT_URL: endpoint,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  },
);
const port = await portOf(createInterface({ input: app.stdout }));
for (const item of ['tea', 'coffee', 'unicorn']) {
  await fetch(`http://127.0.0.1:${port}/?item=${item}`);
}
// Nothing in the app listens to the signal: it ends by it, but not before its logs are sent.
app.kill('SIGTERM');
const [, signal] = await once(app, 'close');
console.log(`The app ended by ${signal}. Stored in /shop/orders:`);
for (const message of services.cloudWatchLogs.messages) console.log(message);

/** Both apps log it when they are ready. */
async function portOf(lines: AsyncIterable<string>): Promise<number> {
  for await (const line of lines) {
    const { port } = JSON.parse(line);
    if (port !== undefined) return port;
  }
  throw new Error('The app ended before it was ready');
}
