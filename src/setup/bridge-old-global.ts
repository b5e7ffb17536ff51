import type { LoggerProvider } from '@opentelemetry/api';

/** What this needs of `@opentelemetry/api`; before 1.10 it had no logs. */
export interface LogsApiHolder {
  readonly logs?: {
    getLoggerProvider(): LoggerProvider;
    setGlobalLoggerProvider(provider: LoggerProvider): unknown;
  };
}

type ProviderByVersion = (version: number) => LoggerProvider | undefined;

/** Where every copy of `@opentelemetry/api-logs` 0.x looks for the global provider, whoever installed it. */
const OLD_GLOBAL = Symbol.for('io.opentelemetry.js.api.logs');
/** The version that those copies ask for: their `API_BACKWARDS_COMPATIBILITY_VERSION`. */
const OLD_VERSION = 1;

/**
 * The logs API moved from `@opentelemetry/api-logs` into `@opentelemetry/api` 1.10, with a global of its
 * own. When the SDK has registered its provider with one of them, the loggers of the other get it too.
 *
 * The global is set by its symbol and not by `api-logs`: under a package manager that shows a package only
 * what it declares, the copies that libraries use cannot be loaded from here.
 */
export function bridgeOldGlobal(api: LogsApiHolder, scope: object = globalThis): void {
  const old: ProviderByVersion | undefined = Reflect.get(scope, OLD_GLOBAL);
  if (old === undefined) {
    if (api.logs !== undefined) setOldGlobal(scope, api.logs.getLoggerProvider());
    return;
  }
  const provider = old(OLD_VERSION);
  if (provider !== undefined) api.logs?.setGlobalLoggerProvider(provider);
}

/** Makes it the provider of both APIs. */
export function registerLoggerProvider(
  api: LogsApiHolder,
  provider: LoggerProvider,
  scope: object = globalThis,
): void {
  api.logs?.setGlobalLoggerProvider(provider);
  setOldGlobal(scope, provider);
}

function setOldGlobal(scope: object, provider: LoggerProvider): void {
  const byVersion: ProviderByVersion = (version) =>
    version === OLD_VERSION ? provider : undefined;
  Reflect.set(scope, OLD_GLOBAL, byVersion);
}
