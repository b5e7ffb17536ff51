/** A way from an application's line to an AWS service. */
export interface LossCandidate {
  readonly name: string;
  /** The module that logs, beside this one. */
  readonly app: 'winston-cloudwatch' | 'pino-cloudwatch' | 'logtape' | 'winston-firehose' | 'pino';
  /** Packages of `bench/peers`. */
  readonly packages: readonly string[];
  /** More of the environment; ours need no more than that. */
  readonly environment?: Readonly<Record<string, string>>;
}

export const LOSS_CANDIDATES: readonly LossCandidate[] = [
  {
    name: 'winston-cloudwatch',
    app: 'winston-cloudwatch',
    packages: ['winston', 'winston-cloudwatch'],
  },
  {
    name: '@serdnam/pino-cloudwatch-transport',
    app: 'pino-cloudwatch',
    packages: ['pino', '@serdnam/pino-cloudwatch-transport'],
  },
  {
    name: '@logtape/cloudwatch-logs',
    app: 'logtape',
    packages: ['@logtape/logtape', '@logtape/cloudwatch-logs'],
  },
  { name: 'winston-firehose', app: 'winston-firehose', packages: ['winston', 'winston-firehose'] },
  {
    name: 'collectorless, CloudWatch Logs',
    app: 'pino',
    packages: [],
    environment: { OTEL_LOGS_EXPORTER: 'cloudwatch-logs' },
  },
  {
    name: 'collectorless, Firehose',
    app: 'pino',
    packages: [],
    environment: {
      OTEL_LOGS_EXPORTER: 'firehose',
      OTEL_EXPORTER_FIREHOSE_DELIVERY_STREAM_NAME: 'logs',
    },
  },
];
