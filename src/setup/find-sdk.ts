import type { PackageLoader } from './package-loader.ts';

const NODE_SDK = '@opentelemetry/sdk-node';

/** OpenTelemetry as it is installed. */
export interface FoundSdk {
  readonly api: typeof import('@opentelemetry/api');
  /** Finds the copies that work together: globals are shared between equal versions only. */
  readonly packages: PackageLoader;
  /** Without it there are logs alone. */
  readonly hasNodeSdk: boolean;
}

/** Answers `undefined` when not even the API is there. */
export function findSdk(packages: PackageLoader): FoundSdk | undefined {
  const withInstrumentations = packages.near('@opentelemetry/auto-instrumentations-node');
  const hasNodeSdk = withInstrumentations.resolve(NODE_SDK) !== undefined;
  const near = hasNodeSdk
    ? withInstrumentations.near(NODE_SDK)
    : packages.near('@opentelemetry/sdk-logs');
  const api = near.load<FoundSdk['api']>('@opentelemetry/api');
  return api === undefined ? undefined : { api, packages: near, hasNodeSdk };
}
