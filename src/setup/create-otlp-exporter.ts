import type { LogRecordExporter } from '@opentelemetry/sdk-logs';
import { tell } from '../report/tell.ts';
import type { Environment } from './environment/environment.ts';
import type { PackageLoader } from './package-loader.ts';
import { readVariable } from './read-variable.ts';
import { withOtlpTimeout } from './with-variable.ts';

interface OtlpModule {
  readonly OTLPLogExporter: new () => LogRecordExporter;
}

const PACKAGES: Readonly<Record<string, string>> = {
  'http/protobuf': '@opentelemetry/exporter-logs-otlp-proto',
  'http/json': '@opentelemetry/exporter-logs-otlp-http',
  grpc: '@opentelemetry/exporter-logs-otlp-grpc',
};
const DEFAULT_PROTOCOL = 'http/protobuf';

/** The exporter for `otlp`, from the packages that the SDK brings; it reads `OTEL_EXPORTER_OTLP_*` itself. */
export function createOtlpExporter(
  environment: Environment,
  packages: PackageLoader,
): LogRecordExporter | undefined {
  const packageName = PACKAGES[readProtocol(environment)] ?? '';
  const module = packages.load<OtlpModule>(packageName);
  if (module !== undefined) return withOtlpTimeout(() => new module.OTLPLogExporter());
  tell('error', `otlp: no logs go there. Install \`${packageName}\`: npm install ${packageName}`);
  return undefined;
}

function readProtocol(environment: Environment): string {
  const protocol =
    readVariable(environment, 'OTEL_EXPORTER_OTLP_LOGS_PROTOCOL') ??
    readVariable(environment, 'OTEL_EXPORTER_OTLP_PROTOCOL') ??
    DEFAULT_PROTOCOL;
  if (Object.hasOwn(PACKAGES, protocol)) return protocol;
  const known = Object.keys(PACKAGES).join(', ');
  tell(
    'warn',
    `otlp: unknown protocol \`${protocol}\`, expected one of ${known}; using ${DEFAULT_PROTOCOL}`,
  );
  return DEFAULT_PROTOCOL;
}
