import { tell } from '../report/tell.ts';
import { afterEachRecord } from './after-each-record.ts';
import { showDiagnostics } from './diag-logger.ts';
import type { Environment } from './environment/environment.ts';
import { parseLogsExporters } from './environment/parse-logs-exporters.ts';
import { installExitGuard } from './exit-guard/install-exit-guard.ts';
import { type FoundSdk, findSdk } from './find-sdk.ts';
import { flushEverything } from './flush-everything.ts';
import { createLogOutlet } from './log-outlet.ts';
import type { PackageLoader } from './package-loader.ts';
import { readVariable } from './read-variable.ts';
import { startProviders } from './start-providers.ts';
import { takeRemainders } from './take-remainders.ts';

/** Starts OpenTelemetry as far as it is installed, with the exporters that the environment asks for. */
export function startSdk(environment: Environment, packages: PackageLoader): void {
  const sdk = findSdk(packages);
  if (sdk === undefined) return;
  const { api } = sdk;
  showDiagnostics(api.diag, environment);
  const warn = (message: string): void => tell('warn', message);
  if (isStarted(api)) {
    warn('OpenTelemetry runs already, started by other code: collectorless/register does nothing');
    return;
  }
  if (readVariable(environment, 'OTEL_CONFIG_FILE') !== undefined) {
    warn('OTEL_CONFIG_FILE is not read: collectorless/register takes settings from variables only');
  }
  const outlets = parseLogsExporters(environment, warn).flatMap(
    (name) => createLogOutlet(name, environment, sdk.packages) ?? [],
  );
  const processors = outlets.map(({ processor }) => processor);
  startProviders(sdk, processors, environment);
  installExitGuard({
    flush: () => flushEverything(api, outlets),
    close: async () => {
      await Promise.all(outlets.map((outlet) => outlet.close()));
    },
    countLogged: () => outlets.reduce((sum, outlet) => sum + outlet.countLogged(), 0),
    takeRemainder: () => takeRemainders(outlets),
    // The last one: only then all of them hold the record, which is written once.
    onLogged: (task) => afterEachRecord(processors.at(-1), task),
  });
}

/** Every SDK brings a context manager; without one the API forgets the context. */
function isStarted(api: FoundSdk['api']): boolean {
  const key = api.createContextKey('collectorless');
  const context = api.ROOT_CONTEXT.setValue(key, true);
  return api.context.with(context, () => api.context.active().getValue(key) === true);
}
