import type { LogRecordProcessor } from '@opentelemetry/sdk-logs';
import { describeError } from '../describe-error.ts';
import { shownText } from '../manifest/kinds/secrecy.ts';
import { tell } from '../report/tell.ts';
import { bridgeOldGlobal, registerLoggerProvider } from './bridge-old-global.ts';
import { createLoggerProvider } from './create-logger-provider.ts';
import { chooseDetectors } from './detect-resource.ts';
import type { Environment } from './environment/environment.ts';
import type { FoundSdk } from './find-sdk.ts';
import { loadInstrumentations } from './load-instrumentations.ts';
import { readVariable } from './read-variable.ts';
import {
  type Instrumentation,
  type NodeSdkClass,
  type NodeSdkParts,
  startNodeSdk,
} from './start-node-sdk.ts';
import { withOtlpTimeout, withVariable } from './with-variable.ts';

const NOT_CAPTURED =
  'the logs of pino, winston and bunyan are not captured: install @opentelemetry/auto-instrumentations-node';

/** Starts all that is installed; logs alone where there is no more, or the rest does not start. */
export function startProviders(
  sdk: FoundSdk,
  processors: readonly LogRecordProcessor[],
  environment: Environment,
): void {
  const { api, packages } = sdk;
  const parts = { processors, resourceDetectors: chooseDetectors(sdk, environment) };
  if (startedAll(sdk, parts, environment)) return;
  registerLoggerProvider(api, createLoggerProvider(packages, parts));
}

function startedAll(
  { api, hasInstrumentations, hasNodeSdk, packages }: FoundSdk,
  parts: Omit<NodeSdkParts, 'instrumentations'>,
  environment: Environment,
): boolean {
  try {
    const found = hasNodeSdk
      ? packages.load<{ readonly NodeSDK: NodeSdkClass }>('@opentelemetry/sdk-node')
      : undefined;
    if (found === undefined) {
      tell('warn', `Logs have no trace ids and ${NOT_CAPTURED}`);
      tellUnlessBoolean(environment, 'OTEL_SDK_DISABLED');
      return false;
    }
    if (!hasInstrumentations) tell('warn', `Nothing is traced and ${NOT_CAPTURED}`);
    const instrumentations = hasInstrumentations
      ? loadInstrumentations<Instrumentation>(packages)
      : [];
    // The SDK would set a logger of its own, which writes to the standard output, where the application's lines
    // are: the one that is set has the level already.
    withVariable('OTEL_LOG_LEVEL', undefined, () =>
      withOtlpTimeout(() =>
        startNodeSdk(found.NodeSDK, { ...parts, instrumentations }, environment),
      ),
    );
    bridgeOldGlobal(api);
    return true;
  } catch (error) {
    tell('error', `Logs have no trace ids, OpenTelemetry does not start: ${describeError(error)}`);
    return false;
  }
}

/** The SDK says it itself, where it is started (OpenTelemetry specification, "Boolean": a warning SHOULD be logged). */
function tellUnlessBoolean(environment: Environment, name: string): void {
  const value = readVariable(environment, name);
  if (value === undefined || /^(?:true|false)$/iu.test(value)) return;
  tell(
    'warn',
    `${name} is ignored: expected \`true\` or \`false\`, got ${shownText(value, 'open')}`,
  );
}
