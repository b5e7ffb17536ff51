/**
 * The whole path, from `emit` through the batch processor at its defaults to the service, under a steady
 * load: `node bench/pipeline.ts [records per second] [seconds] [latency in ms]`.
 *
 * Each candidate runs in a process of its own, in turns; what is printed is the median of the rounds and,
 * as the ratio that can be trusted, the main thread's time without that of creating the records.
 */
import { fork } from 'node:child_process';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { resourceFromAttributes } from '@opentelemetry/resources';
import type { LogRecordExporter } from '@opentelemetry/sdk-logs';
import { BatchLogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs';
import { CloudWatchLogRecordExporter } from '../src/destinations/cloudwatch-logs/index.ts';
import { FirehoseLogRecordExporter } from '../src/destinations/firehose/index.ts';

const ROUNDS = 3;
const CANDIDATES = ['create only', 'firehose', 'firehose lines', 'cloudwatch-logs'] as const;
type Candidate = (typeof CANDIDATES)[number];

interface Measurement {
  readonly emitted: number;
  readonly delivered: number;
  readonly cpuMicros: number;
  readonly delayP99Millis: number;
  readonly delayMaxMillis: number;
}

const [rate = 50_000, seconds = 5, latencyMillis = 20] = process.argv.slice(2).map(Number);
if (process.send === undefined) await compare();
else await measure();

async function compare(): Promise<void> {
  const measured = new Map<Candidate, Measurement[]>();
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const candidate of CANDIDATES) {
      const result = await inChild(fileURLToPath(import.meta.url), candidate);
      measured.set(candidate, [...(measured.get(candidate) ?? []), result]);
    }
  }
  const costOf = (candidate: Candidate): number =>
    median((measured.get(candidate) ?? []).map((one) => one.cpuMicros / one.delivered));
  const creation = costOf('create only');
  for (const candidate of CANDIDATES) {
    const rows = measured.get(candidate) ?? [];
    const lost = rows.reduce((sum, one) => sum + one.emitted - one.delivered, 0);
    const p99 = median(rows.map((one) => one.delayP99Millis)).toFixed(1);
    const max = median(rows.map((one) => one.delayMaxMillis)).toFixed(1);
    const ratio = (costOf(candidate) / creation).toFixed(2);
    process.stdout.write(
      `${candidate}: ${ratio} × the main thread's time of creating the records, lost ${lost}, ` +
        `loop delay p99 ${p99} ms, max ${max} ms\n`,
    );
  }
}

/** One candidate in this process, its server in another one. */
async function measure(): Promise<void> {
  const candidate = process.env['CANDIDATE'];
  const server = fork(new URL('local-server.ts', import.meta.url), [String(latencyMillis)]);
  const clientConfig = await new Promise<{ endpoint: string }>((resolve) => {
    server.once('message', (message) => resolve(message as { endpoint: string }));
  });
  let accepted = 0;
  const exporter = ((): LogRecordExporter & { delivered(): number } => {
    if (candidate === 'create only') {
      return {
        export: (records, callback) => {
          accepted += records.length;
          callback({ code: 0 });
        },
        forceFlush: async () => {},
        shutdown: async () => {},
        delivered: () => accepted,
      };
    }
    const ours =
      candidate === 'cloudwatch-logs'
        ? new CloudWatchLogRecordExporter({ clientConfig })
        : new FirehoseLogRecordExporter({
            deliveryStreamName: 'logs',
            aggregation: candidate === 'firehose lines' ? 'lines' : 'none',
            clientConfig,
          });
    return Object.assign(ours, { delivered: () => ours.stats().delivered });
  })();
  const provider = new LoggerProvider({
    resource: resourceFromAttributes(
      Object.fromEntries(
        Array.from({ length: 15 }, (_, i) => [`resource.attribute.${i}`, `value ${i}`]),
      ),
    ),
    processors: [new BatchLogRecordProcessor({ exporter })],
  });
  const logger = provider.getLogger('bench');
  const emit = (number: number): void =>
    logger.emit({
      severityNumber: 9,
      severityText: 'INFO',
      body: `user 4711 bought 3 items for 47.11 in the shop that is nearest to them and paid with a card ${number}`,
      attributes: {
        'http.request.method': 'GET',
        'http.route': '/shop/orders/{id}',
        'http.response.status_code': 200,
        durationMillis: 12.5,
        cached: true,
        user: `user-${number}`,
        tags: ['one', 'two'],
      },
    });
  // Warm: the SDK is loaded and the code is compiled before anything is measured.
  for (let index = 0; index < 1_000; index += 1) emit(index);
  await provider.forceFlush();
  const before = exporter.delivered();
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const cpu = process.threadCpuUsage();
  const emitted = await emitSteadily(emit);
  await provider.forceFlush();
  const { system, user } = process.threadCpuUsage(cpu);
  delay.disable();
  const result: Measurement = {
    emitted,
    delivered: exporter.delivered() - before,
    cpuMicros: user + system,
    delayP99Millis: delay.percentile(99) / 1e6,
    delayMaxMillis: delay.max / 1e6,
  };
  await provider.shutdown();
  server.disconnect();
  process.send?.(result);
  process.disconnect();
}

function emitSteadily(emit: (number: number) => void): Promise<number> {
  const start = performance.now();
  let emitted = 0;
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      const elapsedMillis = performance.now() - start;
      const due = Math.min(rate * seconds, Math.floor((elapsedMillis * rate) / 1000));
      for (; emitted < due; emitted += 1) emit(emitted);
      if (elapsedMillis < seconds * 1000) return;
      clearInterval(timer);
      resolve(emitted);
    }, 4);
  });
}

function inChild(file: string, candidate: Candidate): Promise<Measurement> {
  const child = fork(file, process.argv.slice(2), {
    env: { ...process.env, CANDIDATE: candidate },
  });
  return new Promise((resolve, reject) => {
    child.once('message', (message) => resolve(message as Measurement));
    child.once('error', reject);
  });
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
}
