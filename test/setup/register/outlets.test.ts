import { LoggerProvider } from '@opentelemetry/sdk-logs';
import { type LocalServices, startLocalServices } from 'collectorless/testing';
import { afterEach, beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { createOtlpExporter } from '../../../src/setup/create-otlp-exporter.ts';
import type { Environment } from '../../../src/setup/environment/environment.ts';
import type { LogsExporterName } from '../../../src/setup/environment/parse-logs-exporters.ts';
import { createLogOutlet, type LogOutlet } from '../../../src/setup/log-outlet.ts';
import { createPackageLoader } from '../../../src/setup/package-loader.ts';
import { takeRemainders } from '../../../src/setup/take-remainders.ts';
import { toldLines } from '../../support/told-lines.ts';

const packages = createPackageLoader([
  import.meta.resolve('@opentelemetry/sdk-node'),
  import.meta.url,
]);

let services: LocalServices;
let told: string[];

beforeEach(async () => {
  services = await startLocalServices();
  told = toldLines();
});

afterEach(async () => {
  await services.close();
});

function outletsFor(environment: Environment, ...names: LogsExporterName[]): LogOutlet[] {
  return names.flatMap((name) => createLogOutlet(name, environment, packages) ?? []);
}

function logTo(outlets: readonly LogOutlet[], ...bodies: readonly string[]): void {
  const provider = new LoggerProvider({ processors: outlets.map(({ processor }) => processor) });
  for (const body of bodies) provider.getLogger('app').emit({ body });
}

const bodiesOf = (lines: Iterable<string>): unknown[] =>
  [...lines].map((line) => JSON.parse(line).body);

it('delivers what was logged at once, and has nothing left', async () => {
  const outlets = outletsFor({ OTEL_EXPORTER_HTTP_LOGS_URL: services.http.url }, 'http');
  logTo(outlets, 'first', 'second');
  await Promise.all(outlets.map(({ processor }) => processor.forceFlush()));
  expect(services.http.decoded).toMatchObject([{ body: 'first' }, { body: 'second' }]);
  expect(outlets.map((outlet) => outlet.countLogged())).toEqual([2]);
  expect([...takeRemainders(outlets)]).toEqual([]);
});

it('writes a record that several destinations still hold once', () => {
  const environment = {
    OTEL_EXPORTER_HTTP_LOGS_URL: services.http.url,
    OTEL_EXPORTER_SQS_QUEUE_NAME: 'logs',
  };
  const outlets = outletsFor(environment, 'http', 'sqs', 'otlp');
  logTo(outlets, 'first', 'second');
  expect(bodiesOf(takeRemainders(outlets))).toEqual(['first', 'second']);
  expect([...takeRemainders(outlets)]).toEqual([]);
});

it('writes a line that was logged twice twice, also of records that are encoded already', async () => {
  services.setFaults([{ kind: 'hang' }]);
  const environment = {
    OTEL_EXPORTER_HTTP_LOGS_URL: services.http.url,
    OTEL_EXPORTER_HTTP_LOGS_FLUSH_TIMEOUT_MILLIS: '1',
    OTEL_EXPORTER_SQS_QUEUE_NAME: 'logs',
  };
  const outlets = outletsFor(environment, 'http', 'sqs');
  const provider = new LoggerProvider({ processors: outlets.map(({ processor }) => processor) });
  const same = { body: 'same', timestamp: 1_700_000_000_000, observedTimestamp: 1_700_000_000_000 };
  for (const record of [same, same]) provider.getLogger('app').emit(record);
  await outlets[0]?.processor.forceFlush();
  expect(bodiesOf(takeRemainders(outlets))).toEqual(['same', 'same']);
});

it('writes static fields with records that were not encoded yet', async () => {
  const [outlet] = outletsFor(
    {
      OTEL_EXPORTER_HTTP_LOGS_URL: services.http.url,
      OTEL_EXPORTER_HTTP_LOGS_STATIC_FIELDS: 'team=a',
    },
    'http',
  );
  if (outlet === undefined) throw new Error('There is no outlet');
  logTo([outlet], 'delivered');
  await outlet.processor.forceFlush();
  logTo([outlet], 'left');
  const lines = [...takeRemainders([outlet])].map((line) => JSON.parse(line));
  expect(lines).toMatchObject([{ body: 'left', team: 'a' }]);
});

it('has nothing to write for a destination that could not be made, which is told once', async () => {
  const outlets = outletsFor({}, 'firehose');
  logTo(outlets, 'first');
  await Promise.all(outlets.map(({ processor }) => processor.forceFlush()));
  logTo(outlets, 'second');
  expect([...takeRemainders(outlets)]).toEqual([]);
  // What the test before has lost may be told only now.
  const ofDestination = told.filter((line) => !line.includes('batch processor'));
  expect(ofDestination).toEqual([
    expect.stringContaining('OTEL_EXPORTER_FIREHOSE_DELIVERY_STREAM_NAME'),
  ]);
});

it.each([
  ['', '/v1/logs', 'application/x-protobuf'],
  ['http/json', '/v1/logs', 'application/json'],
])('sends to OTLP by the protocol %j', async (protocol, path, contentType) => {
  process.env['OTEL_EXPORTER_OTLP_ENDPOINT'] = services.http.url;
  try {
    const outlets = outletsFor({ OTEL_EXPORTER_OTLP_PROTOCOL: protocol }, 'otlp');
    logTo(outlets, 'first');
    await Promise.all(outlets.map(({ processor }) => processor.shutdown()));
  } finally {
    delete process.env['OTEL_EXPORTER_OTLP_ENDPOINT'];
  }
  const [request] = services.http.accepted;
  expect([request?.path, request?.headers['content-type']]).toEqual([path, contentType]);
});

it('warns of an OTLP protocol that it does not know, and of a package that is missing', () => {
  const environment = { OTEL_EXPORTER_OTLP_LOGS_PROTOCOL: 'http/xml' };
  expect(createOtlpExporter(environment, packages)).toBeDefined();
  expect(createOtlpExporter({}, createPackageLoader([]))).toBeUndefined();
  expect(outletsFor({}, 'otlp')).toHaveLength(1);
  expect(told).toEqual([
    expect.stringContaining('unknown protocol `http/xml`'),
    expect.stringContaining('npm install @opentelemetry/exporter-logs-otlp-proto'),
  ]);
});

it.each([
  ['8000 ms, unless a variable says otherwise', {}, 8000],
  ['as long as its variable says', { OTEL_EXPORTER_HTTP_LOGS_FLUSH_TIMEOUT_MILLIS: '9000' }, 9000],
  ['8000 ms with a word for a number', { OTEL_EXPORTER_HTTP_LOGS_FLUSH_TIMEOUT_MILLIS: 'x' }, 8000],
  ['8000 ms with a negative time', { OTEL_EXPORTER_HTTP_LOGS_FLUSH_TIMEOUT_MILLIS: '-1' }, 8000],
])('a flush of a service that hangs takes %s', async (_, environment, millis) => {
  services.setFaults([{ kind: 'hang' }]);
  const url = { OTEL_EXPORTER_HTTP_LOGS_URL: services.http.url };
  const [outlet] = outletsFor({ ...url, ...environment }, 'http');
  if (outlet === undefined) throw new Error('There is no outlet');
  logTo([outlet], 'hangs');
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const flushed = outlet.processor.forceFlush();
  const flushing = async (): Promise<string | undefined> => {
    await vi.advanceTimersByTimeAsync(500);
    // The service of the test before is gone, which its outlet may tell of here.
    return told.find((line) => line.includes('forceFlush'));
  };
  await expect.poll(flushing).toContain(`forceFlush ended after ${millis} ms`);
  const isFlushed = flushed.then(() => true);
  await expect.poll(() => Promise.race([isFlushed, flushing()])).toBe(true);
});
