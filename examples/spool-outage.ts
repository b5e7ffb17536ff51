// npx node examples/spool-outage.ts — spool.ts in an outage, killed in it, started again after it.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { startLocalServices } from 'collectorless/testing';

interface Report {
  readonly adopted: number;
  readonly delivered: number;
  readonly spooled: number;
}

interface StoredRecord {
  readonly attributes: { readonly order: number };
  readonly resource: Readonly<Record<string, string>>;
}

await using services = await startLocalServices();
const directory = await mkdtemp(join(tmpdir(), 'collectorless-spool-'));

services.setFaults([{ kind: 'service-unavailable' }]);
const first = startService();
const { spooled } = await reportOf(first, (report) => report.spooled >= 200);
first.kill('SIGKILL');
await once(first, 'close');
console.log(`The endpoint is down. The service was killed with ${spooled} records on disk.`);

services.setFaults([]);
const second = startService();
const { adopted } = await reportOf(second, (report) => report.adopted > 0 && report.spooled === 0);
second.kill('SIGTERM');
await once(second, 'close');
console.log(`The endpoint is back. The next process took over ${adopted} records.`);

const orders = (services.http.decoded as readonly StoredRecord[])
  .filter(({ resource }) => resource['service.instance.id'] === String(first.pid))
  .map(({ attributes }) => attributes.order);
const missing = Array.from({ length: spooled }, (_, index) => index + 1).filter(
  (order) => !orders.includes(order),
);
const twice = orders.length - new Set(orders).size;
console.log(`Of the ${spooled}, ${missing.length} are missing; ${twice} arrived twice.`);
process.exitCode = missing.length > 0 ? 1 : 0;
await rm(directory, { recursive: true });

function startService(): ChildProcess {
  return spawn(process.execPath, [fileURLToPath(new URL('./spool.ts', import.meta.url))], {
    env: { LOG_URL: `${services.http.url}/logs`, SPOOL_DIRECTORY: directory },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

/** The first report of this kind that the service prints. */
async function reportOf(
  { stdout }: ChildProcess,
  isWanted: (report: Report) => boolean,
): Promise<Report> {
  if (stdout === null) throw new Error('The service has no output');
  for await (const line of createInterface({ input: stdout })) {
    const report: Report = JSON.parse(line);
    if (isWanted(report)) return report;
  }
  throw new Error('The service ended too early');
}
