import { ownNode, type Versions, versionHere, versionsHere } from './versions.ts';

/** A folder in which the packed tarball is installed with other packages. */
export interface Folder {
  readonly name: string;
  readonly installer: 'npm' | 'pnpm';
  readonly packages: Versions;
}

/** A release line of OpenTelemetry and the Nodes it is tried on, with all optional peers. */
export interface Line extends Folder {
  readonly sdkLogs: string;
  /** The package that has `logs`. */
  readonly logsApi: '@opentelemetry/api' | '@opentelemetry/api-logs';
  readonly nodeVersions: readonly string[];
}

const kinesis = '@aws-sdk/client-kinesis';
const aws = ['@aws-sdk/client-cloudwatch-logs', '@aws-sdk/client-firehose', '@aws-sdk/client-sqs'];
const requiredPeers = ['@opentelemetry/api', '@opentelemetry/core', '@opentelemetry/sdk-logs'];

const register = [
  '@opentelemetry/auto-instrumentations-node',
  '@opentelemetry/resources',
  '@opentelemetry/sdk-node',
];

export const current: Line = {
  name: 'line-3',
  installer: 'npm',
  sdkLogs: versionHere('@opentelemetry/sdk-logs'),
  logsApi: '@opentelemetry/api',
  packages: versionsHere(
    ...requiredPeers,
    ...register,
    ...aws,
    kinesis,
    'zeromq',
    'pino',
    '@types/node',
  ),
  nodeVersions: ['22.15.0', '22.23.3', ownNode, '26.10.0'],
};

export const previous: Line = {
  name: 'line-0.2xx',
  installer: 'npm',
  sdkLogs: '0.223.1',
  logsApi: '@opentelemetry/api-logs',
  packages: {
    '@opentelemetry/api': '1.9.0',
    '@opentelemetry/api-logs': '0.223.1',
    '@opentelemetry/auto-instrumentations-node': '0.81.2',
    '@opentelemetry/core': '2.12.1',
    '@opentelemetry/resources': '2.12.1',
    '@opentelemetry/sdk-logs': '0.223.1',
    '@opentelemetry/sdk-node': '0.223.0',
    ...versionsHere(...aws, kinesis, 'zeromq', 'pino', '@types/node'),
  },
  nodeVersions: ['20.19.0', '20.20.2', ownNode],
};

/** The oldest peers that work. */
const oldest: Line = {
  name: 'oldest-peers',
  installer: 'npm',
  sdkLogs: '0.200.0',
  logsApi: '@opentelemetry/api-logs',
  packages: {
    '@opentelemetry/api': '1.9.0',
    '@opentelemetry/api-logs': '0.200.0',
    '@opentelemetry/core': '2.0.0',
    '@opentelemetry/sdk-logs': '0.200.0',
    ...Object.fromEntries(aws.map((name) => [name, '3.521.0'])),
    [kinesis]: '3.523.0',
    zeromq: '6.0.4',
  },
  nodeVersions: ['20.19.0'],
};

const strict: Line = {
  ...current,
  name: 'pnpm-strict',
  installer: 'pnpm',
  nodeVersions: [ownNode],
};

export const lines: readonly Line[] = [current, previous, oldest, strict];

/** Those that have what `collectorless/register` starts. */
export const registerLines: readonly Line[] = [current, previous, strict];

/** Only the peers that npm installs by itself, and what a project in TypeScript has. */
export const bare: Folder = {
  name: 'no-optional-peers',
  installer: 'npm',
  packages: versionsHere(...requiredPeers, '@types/node'),
};

export const folders: readonly Folder[] = [...lines, bare];

/** Every Node that the cells need beside the own one. */
export const otherNodes: readonly string[] = [
  ...new Set(lines.flatMap(({ nodeVersions }) => nodeVersions)),
].filter((version) => version !== ownNode);
