import { decodeLogRecords } from '../../decode/index.ts';
import { type LocalServices, startLocalServices } from '../../testing/index.ts';
import type { CliIo } from '../cli-io.ts';
import { createRecordFormat } from '../print/format-record.ts';
import { type Delivery, deliverRecords } from './deliver-records.ts';
import { reportTable } from './delivery-report.ts';
import { type DemoDestination, loadDemoDestinations } from './demo-destinations.ts';
import { demoRecords } from './demo-records.ts';

export interface DemoOptions {
  readonly json?: boolean;
}

interface LeftOut {
  readonly destination: string;
  readonly install: string;
}

interface DemoResult {
  readonly deliveries: readonly Delivery[];
  readonly leftOut: readonly LeftOut[];
  readonly problems: readonly string[];
  readonly seconds: string;
}

const RECORD_COUNT = 200;

/** Ships log records to every destination whose packages are installed, on local services, and shows what came. */
export async function runDemo(
  options: DemoOptions,
  io: CliIo,
  destinations?: readonly DemoDestination[],
): Promise<void> {
  const all = destinations ?? (await loadDemoDestinations());
  const result = await deliverToAll(all, io.signal);
  io.stdout.write(options.json === true ? jsonOf(result) : textOf(result, io.isColorful));
  if (result.problems.length > 0) io.setExitCode(1);
}

async function deliverToAll(
  destinations: readonly DemoDestination[],
  signal: AbortSignal,
): Promise<DemoResult> {
  const startedMillis = performance.now();
  const leftOut: LeftOut[] = [];
  const deliveries: Delivery[] = [];
  const services = await startLocalServices();
  try {
    const records = demoRecords(RECORD_COUNT);
    for (const destination of destinations) {
      signal.throwIfAborted();
      const missing = await missingPackage(destination);
      if (missing !== undefined) leftOut.push(missing);
      else deliveries.push(await deliverRecords(destination, records, services));
    }
    const seconds = ((performance.now() - startedMillis) / 1000).toFixed(1);
    return { deliveries, leftOut, problems: problemsOf(deliveries, services), seconds };
  } finally {
    await services.close();
  }
}

async function missingPackage(destination: DemoDestination): Promise<LeftOut | undefined> {
  const { loadPackage, name, packageName } = destination;
  try {
    await loadPackage?.();
    return undefined;
  } catch {
    return { destination: name, install: `npm install ${packageName}` };
  }
}

function problemsOf(deliveries: readonly Delivery[], services: LocalServices): string[] {
  return [
    ...deliveries.flatMap(({ problems, report }) =>
      problems.map((problem) => `${report.destination}: ${problem}`),
    ),
    ...services.violations.map(
      ({ message, operation, service }) => `${service}: ${operation} broke a rule: ${message}`,
    ),
  ];
}

function jsonOf({ deliveries, leftOut, problems }: DemoResult): string {
  const reports = deliveries.map(({ example, report }) => ({ ...report, example }));
  return `${JSON.stringify({ destinations: reports, leftOut, problems })}\n`;
}

function textOf(result: DemoResult, isColorful: boolean): string {
  const { deliveries, leftOut, problems, seconds } = result;
  const format = createRecordFormat({ isColorful, isUtc: false });
  const example = ({ example, report }: Delivery): string => {
    const [record] = decodeLogRecords(JSON.stringify(example ?? {}));
    const text = record === undefined ? 'nothing\n' : format(record);
    return `A record as it is stored at ${report.destination}:\n${text}\n`;
  };
  return [
    `${RECORD_COUNT} log records to each destination; the services are local.\n\n`,
    ...deliveries.map(example),
    reportTable(deliveries.map(({ report }) => report)),
    '\n',
    ...leftOut.map(({ destination, install }) => `${destination} is left out: ${install}\n`),
    ...problems.map((problem) => `PROBLEM ${problem}\n`),
    problems.length === 0
      ? `Every record arrived once at each destination, within every limit (${seconds} s).\n`
      : `The demo failed: ${problems.length} in all.\n`,
  ].join('');
}
