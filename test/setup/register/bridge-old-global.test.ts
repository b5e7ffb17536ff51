import { logs } from '@opentelemetry/api';
import { logs as oldLogs } from '@opentelemetry/api-logs';
import {
  InMemoryLogRecordExporter,
  LoggerProvider,
  SimpleLogRecordProcessor,
} from '@opentelemetry/sdk-logs';
import { afterEach, expect, it } from 'vitest';
import { bridgeOldGlobal, registerLoggerProvider } from '../../../src/setup/bridge-old-global.ts';

afterEach(() => {
  logs.disable();
  oldLogs.disable();
});

function createProvider(): {
  readonly provider: LoggerProvider;
  readonly bodies: () => unknown[];
} {
  const exporter = new InMemoryLogRecordExporter();
  const provider = new LoggerProvider({ processors: [new SimpleLogRecordProcessor({ exporter })] });
  return { provider, bodies: () => exporter.getFinishedLogRecords().map(({ body }) => body) };
}

it('gives the provider of the API to loggers of api-logs', () => {
  const { provider, bodies } = createProvider();
  logs.setGlobalLoggerProvider(provider);
  bridgeOldGlobal({ logs });
  const logger = oldLogs.getLogger('old');
  logger.emit({ body: 'old' });
  expect([logger.enabled(), bodies()]).toEqual([true, ['old']]);
});

it('gives the provider of api-logs to loggers of the API', () => {
  const { provider, bodies } = createProvider();
  oldLogs.setGlobalLoggerProvider(provider);
  bridgeOldGlobal({ logs });
  logs.getLogger('new').emit({ body: 'new' });
  expect(bodies()).toEqual(['new']);
});

it('leaves an API without logs as it is', () => {
  const { provider, bodies } = createProvider();
  bridgeOldGlobal({});
  expect(oldLogs.setGlobalLoggerProvider(provider)).toBe(provider);
  bridgeOldGlobal({});
  oldLogs.getLogger('old').emit({ body: 'old' });
  expect(bodies()).toEqual(['old']);
});

it('registers a provider with both', () => {
  const { provider, bodies } = createProvider();
  registerLoggerProvider({ logs }, provider);
  logs.getLogger('new').emit({ body: 'new' });
  oldLogs.getLogger('old').emit({ body: 'old' });
  expect(bodies()).toEqual(['new', 'old']);
});

it('does not answer a version of api-logs that it does not know', () => {
  const scope = {};
  registerLoggerProvider({}, createProvider().provider, scope);
  const [byVersion] = Object.getOwnPropertySymbols(scope).map((symbol) =>
    Reflect.get(scope, symbol),
  );
  expect(byVersion(2)).toBeUndefined();
});
