import { onTestFinished, vi } from 'vitest';
import type { DoctorReport, ExporterReport } from '../../../../src/cli/doctor/doctor-report.ts';
import {
  type LocalServices,
  type LocalServicesOptions,
  startLocalServices,
} from '../../../../src/testing/index.ts';
import { runCli } from '../../support/run-cli.ts';

export type AwsName = 'cloudwatch-logs' | 'firehose' | 'kinesis' | 'sqs';

export const awsNames: readonly AwsName[] = ['cloudwatch-logs', 'firehose', 'kinesis', 'sqs'];

/** The option that names the target. */
export const targetOptions: Readonly<Record<AwsName, string>> = {
  'cloudwatch-logs': 'logGroupName=/otel/shop',
  firehose: 'deliveryStreamName=shop-logs',
  kinesis: 'streamName=shop-logs',
  sqs: 'queueName=shop-logs',
};

type Variables = Readonly<Record<string, string | undefined>>;

/** What the AWS SDK reads of this process: nothing of the machine that runs the test. */
const SILENT_AWS: Variables = {
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  AWS_PROFILE: undefined,
  AWS_REGION: undefined,
  AWS_ACCESS_KEY_ID: undefined,
  AWS_SECRET_ACCESS_KEY: undefined,
  AWS_SESSION_TOKEN: undefined,
  AWS_ENDPOINT_URL: undefined,
};

export async function withServices(options: LocalServicesOptions = {}): Promise<LocalServices> {
  const services = await startLocalServices(options);
  onTestFinished(() => services.close());
  return services;
}

/** The variables of an application that logs to the local services. */
export function variablesFor({ clientConfig }: LocalServices): Readonly<Record<string, string>> {
  const { credentials, endpoint, region } = clientConfig;
  return {
    AWS_REGION: region,
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  };
}

/** What `doctor` finds of one exporter, and the exit code. */
export async function runDoctor(
  commandArguments: readonly string[],
  variables: Variables = {},
): Promise<ExporterReport & { readonly exitCode: number; readonly text: string }> {
  const environment = { ...SILENT_AWS, ...variables };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  const run = await runCli(['doctor', '--json', ...commandArguments], { environment });
  vi.unstubAllEnvs();
  if (run.stdout === '') throw new Error(run.stderr);
  const { exporters, ok } = JSON.parse(run.stdout) as DoctorReport;
  const [report] = exporters;
  if (report === undefined || ok !== (run.exitCode === 0)) throw new Error(run.stdout);
  return { ...report, exitCode: run.exitCode, text: run.stdout };
}

export function statusOf({ steps }: ExporterReport, name: string): string | undefined {
  return steps.find(({ step }) => step === name)?.status;
}
