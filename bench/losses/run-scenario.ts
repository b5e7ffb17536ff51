import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { startLocalServices } from '../../src/testing/index.ts';
import type { LossCandidate } from './loss-candidate.ts';
import type { LossScenario } from './loss-scenario.ts';

export interface LossResult {
  /** Lines that the application logged. */
  readonly logged: number;
  /** Lines that the service stored, each counted once, whole or cut. */
  readonly arrived: number;
  /** Lines that the service stored more than once. */
  readonly twice: number;
  /** Lines that the library itself put on stderr because they could not be sent. */
  readonly leftOnStderr: number;
  /** Other words of the library on stderr: errors, warnings. */
  readonly messages: number;
  readonly requests: number;
  /** Not every library lets its process end. */
  readonly endedByItself: boolean;
}

/** For loading before the first line and for flushing after the last. */
const MAX_EXTRA_MILLIS = 60_000;
/** The built package. */
export const REGISTER: URL = new URL('../../dist/register.mjs', import.meta.url);

/** Runs an application against strict local services that fail as the scenario says. */
export async function runScenario(
  { app, environment }: LossCandidate,
  scenario: LossScenario,
  peersPackage: string,
): Promise<LossResult> {
  let startMillis: number | undefined;
  const elapsedMillis = (): number =>
    startMillis === undefined ? 0 : performance.now() - startMillis;
  const services = await startLocalServices({
    faults: scenario.faults(elapsedMillis),
    cloudWatchLogs: { groups: { group: ['stream'] } },
  });
  const { credentials, endpoint, region } = services.clientConfig;
  const { exits, largeLineBytes, lines, linesPerSecond } = scenario;
  const script = fileURLToPath(new URL(`apps/${app}.mjs`, import.meta.url));
  const child = spawn(
    process.execPath,
    [...(environment === undefined ? [] : ['--import', REGISTER.href]), script],
    {
      env: {
        PATH: process.env['PATH'],
        AWS_ENDPOINT_URL: endpoint,
        AWS_REGION: region,
        AWS_ACCESS_KEY_ID: credentials.accessKeyId,
        AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
        LOSS_PEERS: peersPackage,
        LOSS_TASK: JSON.stringify({ lines, linesPerSecond, largeLineBytes, exits }),
        ...environment,
      },
      stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    },
  );
  // The application says when it begins: how long it takes to load is not the point.
  child.stdio[3]?.once('data', () => {
    startMillis = performance.now();
  });
  let stderr = '';
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    stderr += chunk;
  });
  const lengthMillis = (lines / linesPerSecond) * 1000;
  const killer = setTimeout(() => child.kill('SIGKILL'), lengthMillis + MAX_EXTRA_MILLIS);
  await once(child, 'close');
  clearTimeout(killer);
  const stored = [
    ...services.cloudWatchLogs.events.map(({ message }) => message),
    ...services.firehose.lines,
  ];
  await services.close();
  const storedNumbers = stored.flatMap(numbersIn);
  const words = stderr.split('\n').filter((line) => line !== '');
  const arrived = new Set(storedNumbers);
  return {
    logged: lines,
    arrived: arrived.size,
    twice: storedNumbers.length - arrived.size,
    leftOnStderr: new Set(numbersIn(stderr).filter((number) => !arrived.has(number))).size,
    messages: words.filter((line) => numbersIn(line).length === 0).length,
    requests: services.requests.length,
    endedByItself: child.signalCode !== 'SIGKILL',
  };
}

function numbersIn(text: string): string[] {
  return [...text.matchAll(/<line (?<number>\d+)>/gu)].map(([line]) => line);
}
