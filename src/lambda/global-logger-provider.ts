import * as installedApi from '@opentelemetry/api';
import { hasMethod } from '../has-method.ts';
import type { Flushable } from './log-flush-options.ts';

/**
 * The global logger provider, when it is one that can be flushed.
 *
 * @param api `@opentelemetry/api`, for tests. Default: the installed one.
 */
export async function globalLoggerProvider(
  api: object = installedApi,
): Promise<Flushable | undefined> {
  // Before 1.10 the API has no logs; then they are in a package of their own.
  const logs: unknown = Reflect.get(api, 'logs') ?? (await importApiLogs());
  if (!hasMethod(logs, 'getLoggerProvider')) return undefined;
  const provider = logs.getLoggerProvider();
  return hasMethod(provider, 'forceFlush')
    ? { forceFlush: async () => provider.forceFlush() }
    : undefined;
}

async function importApiLogs(): Promise<unknown> {
  try {
    const { logs } = await import('@opentelemetry/api-logs');
    return logs;
  } catch {
    return undefined;
  }
}
