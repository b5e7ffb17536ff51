import type { PackageLoader } from './package-loader.ts';

export const AUTO_INSTRUMENTATIONS = '@opentelemetry/auto-instrumentations-node';
const NODE_SDK = '@opentelemetry/sdk-node';

/** OpenTelemetry as it is installed. */
export interface FoundSdk {
  readonly api: typeof import('@opentelemetry/api');
  /** Finds the copies that work together: globals are shared between equal versions only. */
  readonly packages: PackageLoader;
  /** Without it there are logs alone. */
  readonly hasNodeSdk: boolean;
  /** For the application, that is: what others have installed nearby may be found, too. */
  readonly hasInstrumentations: boolean;
}

/** Answers `undefined` when not even the API is there. */
export function findSdk(packages: PackageLoader): FoundSdk | undefined {
  const hasInstrumentations = packages.resolve(AUTO_INSTRUMENTATIONS) !== undefined;
  const withInstrumentations = packages.near(AUTO_INSTRUMENTATIONS);
  const hasNodeSdk = withInstrumentations.resolve(NODE_SDK) !== undefined;
  const near = hasNodeSdk
    ? withInstrumentations.near(NODE_SDK)
    : packages.near('@opentelemetry/sdk-logs');
  const api = near.load<FoundSdk['api']>('@opentelemetry/api');
  return api === undefined ? undefined : { api, packages: near, hasNodeSdk, hasInstrumentations };
}
