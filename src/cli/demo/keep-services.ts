import { setTimeout } from 'node:timers/promises';
import { codeOf } from '../../code-of.ts';
import { decodeLogRecords } from '../../decode/index.ts';
import { type LocalServices, startLocalServices } from '../../testing/index.ts';
import type { CliIo } from '../cli-io.ts';
import { createRecordFormat } from '../print/format-record.ts';
import { createJsonLine } from '../print/json-line.ts';
import { createMessages, type Messages } from '../print/messages.ts';
import { safeText } from '../print/safe-text.ts';
import { writeText } from '../print/write-text.ts';
import { UserError } from '../user-error.ts';
import { Arrivals } from './arrivals.ts';
import { type DemoDestination, loadDemoDestinations } from './demo-destinations.ts';

export interface KeepOptions {
  readonly json?: boolean;
  /** The first of three. */
  readonly port: number;
}

interface LineOf {
  readonly decode: (bytes: Uint8Array) => readonly string[];
  readonly lineOf: (stored: unknown) => string;
}

const LOOK_MILLIS = 200;
const MAX_SHOWN_BYTES = 1024;
const INTERRUPTED = 130;

/** Runs the local services until Ctrl-C, says how an application reaches them and prints what arrives. */
export async function keepServices(options: KeepOptions, io: CliIo): Promise<void> {
  const { decode, lineOf } = createLineOf(options, io.isColorful);
  const { port } = options;
  const services = await orTaken(`${port} or ${port + 1}`, startLocalServices({ port, decode }));
  const messages = createMessages(io);
  try {
    // ZeroMQ has the third port, and starts only where its package is installed.
    const destinations = await orTaken(`${port + 2}`, showStart(services, messages));
    const arrivals = new Arrivals(services, destinations);
    while (!io.signal.aborted && !io.stdout.destroyed) {
      for (const { destination, stored } of arrivals.take())
        await writeText(io.stdout, `${destination} ${lineOf(stored)}`, io.signal);
      for (const { message, operation, service } of services.violations.splice(0))
        messages.warn(`${service} refused ${operation}: ${message}`);
      await setTimeout(LOOK_MILLIS, undefined, { signal: io.signal }).catch(() => undefined);
    }
  } finally {
    await services.close();
  }
  io.setExitCode(INTERRUPTED);
}

async function orTaken<Started>(ports: string, start: Promise<Started>): Promise<Started> {
  try {
    return await start;
  } catch (cause) {
    if (codeOf(cause) !== 'EADDRINUSE') throw cause;
    throw new UserError(`Port ${ports} is taken: choose the first of three with --port`, { cause });
  }
}

/** What to copy, and the destinations that can be tried. */
async function showStart(
  services: LocalServices,
  { note }: Messages,
): Promise<readonly DemoDestination[]> {
  const { credentials, endpoint, region } = services.clientConfig;
  note('Local services that refuse what the real ones refuse, until Ctrl-C. In another terminal:');
  note('');
  note(`export AWS_ENDPOINT_URL=${endpoint} AWS_REGION=${region}`);
  note(`export AWS_ACCESS_KEY_ID=${credentials.accessKeyId}`);
  note(`export AWS_SECRET_ACCESS_KEY=${credentials.secretAccessKey}`);
  note('');
  const found: DemoDestination[] = [];
  for (const destination of await loadDemoDestinations()) {
    const { loadPackage, name, packageName } = destination;
    const variables = await installed(loadPackage).then(
      () => destination.environment(services),
      () => undefined,
    );
    if (variables === undefined) {
      note(`# ${name}: npm install ${packageName}`);
      continue;
    }
    found.push(destination);
    const words = Object.entries({ OTEL_LOGS_EXPORTER: name, ...variables }).map(
      ([key, value]) => `${key}=${value}`,
    );
    note(`export ${words.join(' ')}`);
  }
  note('');
  note('node --import collectorless/register app.js');
  note('');
  return found;
}

async function installed(loadPackage: DemoDestination['loadPackage']): Promise<void> {
  await loadPackage?.();
}

/** Makes the line of what a service stored: of its bytes, or of a value that it has parsed itself. */
function createLineOf({ json }: KeepOptions, isColorful: boolean): LineOf {
  const toText =
    json === true ? createJsonLine() : createRecordFormat({ isColorful, isUtc: false });
  const linesOf = (bytes: Uint8Array): string[] => {
    try {
      return decodeLogRecords(bytes).map(toText);
    } catch {
      // No log record, but somebody has sent it.
      return [`${safeText(Buffer.from(bytes).toString('utf8', 0, MAX_SHOWN_BYTES))}\n`];
    }
  };
  return {
    decode: linesOf,
    lineOf: (stored) =>
      typeof stored === 'string'
        ? stored
        : linesOf(Buffer.from(JSON.stringify(stored) ?? 'null')).join(''),
  };
}
