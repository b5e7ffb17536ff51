import { DESTINATION_VARIABLES } from '../../support/destination-variables.ts';
import { repositorySources } from './repository-files.ts';

/** Names that stand in `src` as texts or are taken out of an object: what the code reads. */
const read = repositorySources
  .flatMap(({ text }) => [
    ...text.matchAll(
      /(?<=['"]|^ +)(?<name>(?:OTEL|COLLECTORLESS|AWS|NODE)(?:_[A-Z0-9]+)+)(?=['"]|: )/gmu,
    ),
  ])
  .map(({ groups }) => groups?.['name'] ?? '');

/** What this package's own code reads of OpenTelemetry's variables and of its own. */
export const ownVariables: ReadonlySet<string> = new Set(
  read.filter((name) => /^(?:OTEL|COLLECTORLESS)_/u.test(name)),
);

/** The variables of the exporters' options. */
export const optionVariables: ReadonlySet<string> = new Set(
  Object.values(DESTINATION_VARIABLES).flatMap(({ variables }) =>
    variables.map(({ name }) => name),
  ),
);

/** What others read, each with the page that says so. */
const FOREIGN: Readonly<Record<string, readonly string[]>> = {
  'https://opentelemetry.io/docs/zero-code/js/configuration/': [
    'OTEL_NODE_ENABLED_INSTRUMENTATIONS',
    'OTEL_NODE_DISABLED_INSTRUMENTATIONS',
  ],
  'https://opentelemetry.io/docs/specs/otel/protocol/exporter/': [
    'OTEL_EXPORTER_OTLP_ENDPOINT',
    'OTEL_EXPORTER_OTLP_HEADERS',
    'OTEL_EXPORTER_OTLP_LOGS_ENDPOINT',
    'OTEL_EXPORTER_OTLP_LOGS_HEADERS',
    'OTEL_EXPORTER_OTLP_TIMEOUT',
  ],
  'https://docs.aws.amazon.com/sdkref/latest/guide/environment-variables.html': [
    'AWS_ACCESS_KEY_ID',
    'AWS_SECRET_ACCESS_KEY',
    'AWS_SESSION_TOKEN',
    'AWS_PROFILE',
    'AWS_REGION',
    'AWS_ENDPOINT_URL',
  ],
  'https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-envvars.html': [
    'AWS_DEFAULT_REGION',
  ],
  'https://nodejs.org/api/cli.html': [
    'NODE_EXTRA_CA_CERTS',
    'NODE_OPTIONS',
    'NODE_TLS_REJECT_UNAUTHORIZED',
  ],
};

/** Every variable that a document may name. */
export const knownVariables: readonly string[] = [
  ...new Set([...read, ...optionVariables, ...Object.values(FOREIGN).flat()]),
];
