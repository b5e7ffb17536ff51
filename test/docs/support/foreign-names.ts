import * as events from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as performanceHooks from 'node:perf_hooks';
import * as timers from 'node:timers';
import * as zlib from 'node:zlib';
import { packageRoot } from '../../packaging/support/package-root.ts';

/** Names of code in the documents that are not ours, by whose they are. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  '@opentelemetry/api': [
    'DiagConsoleLogger',
    'DiagLogLevel',
    'MeterProvider',
    'getLogger',
    'setLogger',
  ],
  '@opentelemetry/sdk-logs': ['BatchLogRecordProcessor', 'SimpleLogRecordProcessor'],
  OTLP: ['partialSuccess'],
  SQS: ['MaximumMessageSize'],
  'errors of AWS': ['InvalidArgumentException'],
  'AWS SDK': ['maxAttempts', 'requestHandler'],
  Lambda: ['getRemainingTimeInMillis', 'streamifyResponse'],
  ECS: ['stopTimeout'],
  Kubernetes: ['terminationGracePeriodSeconds'],
  systemd: ['TimeoutStopSec'],
  'Node.js': ['uncaughtException'],
  npm: ['sideEffects', 'typesVersions'],
  TypeScript: ['skipLibCheck'],
  undici: ['EnvHttpProxyAgent'],
  zeromq: ['curveKeyPair'],
  fauxqs: ['buildApp'],
};

/** The operations of every AWS service whose client is installed. */
const awsFolder = join(packageRoot, 'node_modules/@aws-sdk');
const operations = readdirSync(awsFolder)
  .filter((name) => name.startsWith('client-'))
  .flatMap((name) => readdirSync(join(awsFolder, name, 'dist-types/commands')))
  .flatMap((file) => /^(?<operation>\w+)Command\.d\.ts$/u.exec(file)?.groups?.['operation'] ?? []);

/** What Node.js has for everybody: globals, what `process` has, and what its modules export. */
const ofNode = [globalThis, process, events, performanceHooks, timers, zlib].flatMap((holder) => {
  const prototype: unknown = Object.getPrototypeOf(holder);
  return [...Object.getOwnPropertyNames(holder), ...Object.getOwnPropertyNames(prototype ?? {})];
});

export const foreignNames: ReadonlySet<string> = new Set([
  ...Object.values(NAMES).flat(),
  ...operations,
  ...ofNode,
]);

/** Names of ours that no declaration has: of errors, and in what commands print. */
export const untypedNames: readonly string[] = [
  'HeadersFunctionFailed',
  'httpStatusCode',
  'leftOut',
];
