import { getNumberFromEnv } from '@opentelemetry/core';
import type { Resource, ResourceDetector } from '@opentelemetry/resources';
import { LoggerProvider, type LogRecordProcessor } from '@opentelemetry/sdk-logs';
import type { PackageLoader } from './package-loader.ts';

interface Resources {
  defaultResource(): Resource;
  detectResources(config: { readonly detectors: ResourceDetector[] }): Resource;
}

/** Logs alone, for an application that has installed the log SDK and no more. */
export function createLoggerProvider(
  packages: PackageLoader,
  parts: {
    readonly processors: readonly LogRecordProcessor[];
    readonly resourceDetectors: readonly ResourceDetector[];
  },
): LoggerProvider {
  const resources = packages.load<Resources>('@opentelemetry/resources');
  const resource = resources
    ?.defaultResource()
    .merge(resources.detectResources({ detectors: [...parts.resourceDetectors] }));
  return new LoggerProvider({
    processors: [...parts.processors],
    logRecordLimits: logRecordLimits(),
    ...(resource === undefined ? {} : { resource }),
  });
}

/** The limits that the SDK leaves to who sets it up. */
function logRecordLimits(): { attributeCountLimit?: number; attributeValueLengthLimit?: number } {
  const attributeCountLimit =
    getNumberFromEnv('OTEL_LOGRECORD_ATTRIBUTE_COUNT_LIMIT') ??
    getNumberFromEnv('OTEL_ATTRIBUTE_COUNT_LIMIT');
  const attributeValueLengthLimit =
    getNumberFromEnv('OTEL_LOGRECORD_ATTRIBUTE_VALUE_LENGTH_LIMIT') ??
    getNumberFromEnv('OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT');
  return {
    ...(attributeCountLimit === undefined ? {} : { attributeCountLimit }),
    ...(attributeValueLengthLimit === undefined ? {} : { attributeValueLengthLimit }),
  };
}
