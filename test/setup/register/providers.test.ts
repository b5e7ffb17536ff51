import * as api from '@opentelemetry/api';
import {
  InMemoryLogRecordExporter,
  type ReadableLogRecord,
  SimpleLogRecordProcessor,
} from '@opentelemetry/sdk-logs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type FoundSdk, findSdk } from '../../../src/setup/find-sdk.ts';
import { flushEverything } from '../../../src/setup/flush-everything.ts';
import { createPackageLoader, type PackageLoader } from '../../../src/setup/package-loader.ts';
import { startProviders } from '../../../src/setup/start-providers.ts';

const packages = createPackageLoader([import.meta.url]);

let told: string[];
let exporter: InMemoryLogRecordExporter;

beforeEach(() => {
  exporter = new InMemoryLogRecordExporter();
  told = [];
  const tell = (message: string): void => void told.push(message);
  const logger = { error: tell, warn: tell, info: tell, debug: tell, verbose: tell };
  api.diag.setLogger(logger, api.DiagLogLevel.WARN);
});

afterEach(() => {
  for (const part of [api.context, api.diag, api.logs, api.metrics, api.propagation, api.trace]) {
    part.disable();
  }
});

/** Starts and logs in a span; answers what was exported. */
async function start(sdk: FoundSdk, environment = {}): Promise<ReadableLogRecord | undefined> {
  startProviders(sdk, [new SimpleLogRecordProcessor({ exporter })], environment);
  api.trace.getTracer('app').startActiveSpan('work', (span) => {
    api.logs.getLogger('app').emit({ body: 'in a span' });
    span.end();
  });
  await expect.poll(() => exporter.getFinishedLogRecords().length).toBe(1);
  return exporter.getFinishedLogRecords()[0];
}

function installed(): FoundSdk {
  const sdk = findSdk(packages);
  if (sdk === undefined) throw new Error('No API');
  // Instrumentations would stay for the tests behind this one.
  return { ...sdk, hasInstrumentations: false };
}

it('finds all that this repository has installed', () => {
  expect(findSdk(packages)).toMatchObject({ hasInstrumentations: true, hasNodeSdk: true });
  expect(findSdk(createPackageLoader([]))).toBeUndefined();
});

it('gives logs the ids of spans that nobody exports', async () => {
  const record = await start(installed());
  expect(api.isSpanContextValid(record?.spanContext ?? api.INVALID_SPAN_CONTEXT)).toBe(true);
  expect(record?.resource.attributes).toMatchObject({ 'process.pid': process.pid });
  await flushEverything(api, []);
});

it('starts logs alone when the SDK throws, and says so', async () => {
  const sdk = installed();
  const broken: PackageLoader = {
    ...sdk.packages,
    load<Module extends object>(name: string): Module | undefined {
      if (name === '@opentelemetry/sdk-node') throw new SyntaxError('Unexpected token');
      return sdk.packages.load<Module>(name);
    },
  };
  const record = await start({ ...sdk, packages: broken });
  expect(record?.spanContext).toBeUndefined();
  expect(record?.resource.attributes).toMatchObject({ 'process.pid': process.pid });
  expect(told).toContainEqual(
    expect.stringContaining('does not start: SyntaxError: Unexpected token'),
  );
});

it('limits the attributes of a record by the variables of the specification', async () => {
  process.env['OTEL_LOGRECORD_ATTRIBUTE_COUNT_LIMIT'] = '1';
  try {
    startProviders(
      { ...installed(), hasNodeSdk: false },
      [new SimpleLogRecordProcessor({ exporter })],
      {},
    );
  } finally {
    delete process.env['OTEL_LOGRECORD_ATTRIBUTE_COUNT_LIMIT'];
  }
  api.logs.getLogger('app').emit({ body: 'b', attributes: { first: 1, second: 2 } });
  await expect.poll(() => exporter.getFinishedLogRecords().length).toBe(1);
  expect(exporter.getFinishedLogRecords()[0]?.attributes).toEqual({ first: 1 });
  expect(told).toContainEqual(expect.stringContaining('Logs have no trace ids'));
});

it('flushes the spans and metrics that somebody exports, and survives those that fail', async () => {
  const flushed: string[] = [];
  const providerOf = (name: string): { forceFlush(): Promise<void> } => ({
    async forceFlush() {
      flushed.push(name);
      throw new Error('Unreachable');
    },
  });
  const holder = {
    trace: { getTracerProvider: () => ({ getDelegate: () => providerOf('spans') }) },
    metrics: { getMeterProvider: () => providerOf('metrics') },
  };
  await flushEverything(holder, []);
  expect(flushed.sort()).toEqual(['metrics', 'spans']);
});

it.each([
  ['1', 1],
  ['FALSE', 0],
  ['', 0],
])('logs alone say of OTEL_SDK_DISABLED=%s whether it is a wrong value', async (value, count) => {
  await start({ ...installed(), hasNodeSdk: false }, { OTEL_SDK_DISABLED: value });
  const line = '[collectorless] OTEL_SDK_DISABLED is ignored: expected `true` or `false`, got `1`';
  expect(told.filter((text) => text === line)).toHaveLength(count);
});
