import { readFileSync } from 'node:fs';
import type { ResourceDetector } from '@opentelemetry/resources';
import { describeError } from '../describe-error.ts';
import { tell } from '../report/tell.ts';
import { type AwsDetectors, awsDetectors, type ReadText } from './aws-detectors.ts';
import type { Environment } from './environment/environment.ts';
import { AUTO_INSTRUMENTATIONS, type FoundSdk } from './find-sdk.ts';
import type { PackageLoader } from './package-loader.ts';
import { readList } from './read-variable.ts';

const RESOURCES = '@opentelemetry/resources';
const VARIABLE = 'OTEL_NODE_RESOURCE_DETECTORS';

type Resources = typeof import('@opentelemetry/resources');

interface AutoInstrumentations {
  getResourceDetectors?(): ResourceDetector[];
}

/**
 * The detectors for the resource: those of `OTEL_NODE_RESOURCE_DETECTORS`, else process, host, operating
 * system, service and the place in AWS. Of two that give the same attribute the later wins.
 */
export function chooseDetectors(
  sdk: Pick<FoundSdk, 'hasInstrumentations' | 'packages'>,
  environment: Environment,
  readText: ReadText = readTextFile,
): ResourceDetector[] {
  try {
    const asked = readList(environment, VARIABLE);
    return asked.length > 0
      ? askedDetectors(sdk, asked)
      : defaultDetectors(sdk.packages, environment, readText);
  } catch (error) {
    tell('warn', `Logs do not say where they come from: ${describeError(error)}`);
    return [];
  }
}

function askedDetectors(
  { hasInstrumentations, packages }: Pick<FoundSdk, 'hasInstrumentations' | 'packages'>,
  asked: readonly string[],
): ResourceDetector[] {
  const auto = hasInstrumentations
    ? packages.load<AutoInstrumentations>(AUTO_INSTRUMENTATIONS)
    : undefined;
  // It reads the variable itself, and knows the names of the clouds.
  if (auto?.getResourceDetectors !== undefined) return auto.getResourceDetectors();
  const resources = packages.load<Resources>(RESOURCES);
  return resources === undefined ? [] : namedDetectors(resources, asked);
}

function defaultDetectors(
  packages: PackageLoader,
  environment: Environment,
  readText: ReadText,
): ResourceDetector[] {
  const resources = packages.load<Resources>(RESOURCES);
  if (resources === undefined) return [];
  const aws = packages
    .near(AUTO_INSTRUMENTATIONS)
    .load<AwsDetectors>('@opentelemetry/resource-detector-aws');
  return [
    resources.processDetector,
    resources.hostDetector,
    resources.osDetector,
    resources.serviceInstanceIdDetector,
    ...(aws === undefined ? [] : awsDetectors(aws, environment, readText)),
    resources.envDetector,
  ];
}

/** The names that the SDK itself knows. */
function namedDetectors(resources: Resources, asked: readonly string[]): ResourceDetector[] {
  const byName: Readonly<Record<string, ResourceDetector>> = {
    process: resources.processDetector,
    host: resources.hostDetector,
    os: resources.osDetector,
    serviceinstance: resources.serviceInstanceIdDetector,
    env: resources.envDetector,
  };
  if (asked.includes('none')) return [];
  if (asked.includes('all')) return Object.values(byName);
  return asked.flatMap((name) => {
    const detector = Object.hasOwn(byName, name) ? byName[name] : undefined;
    if (detector !== undefined) return [detector];
    const known = ['all', ...Object.keys(byName), 'none'].join(', ');
    tell('warn', `${VARIABLE}: no detector is called \`${name}\`; known are ${known}`);
    return [];
  });
}

function readTextFile(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
