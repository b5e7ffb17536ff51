import { describe, expect, it, vi } from 'vitest';
import type { Fault } from '../../../src/testing/index.ts';
import { runCli } from '../support/run-cli.ts';
import {
  awsNames,
  runDoctor,
  statusOf,
  targetOptions,
  variablesFor,
  withServices,
} from './support/doctor-run.ts';
import { unusedPort } from './support/servers.ts';

const PUT = {
  'cloudwatch-logs': 'PutLogEvents',
  firehose: 'PutRecordBatch',
  kinesis: 'PutRecords',
  sqs: 'SendMessageBatch',
} as const;

const ACTION = {
  'cloudwatch-logs': 'logs:PutLogEvents',
  firehose: 'firehose:PutRecordBatch',
  kinesis: 'kinesis:PutRecords',
  sqs: 'sqs:SendMessage',
} as const;

describe.each(awsNames)('doctor %s', (name) => {
  const commandArguments = [name, '--set', targetOptions[name]];

  it('finds nothing wrong with a set-up that works, and delivers its record', async () => {
    const services = await withServices();
    const report = await runDoctor(commandArguments, variablesFor(services));
    expect(report.steps.map(({ step, status }) => `${step} ${status}`)).toEqual([
      'configuration ok',
      'packages ok',
      'region ok',
      'credentials ok',
      'endpoint ok',
      'target ok',
      'proxy ok',
      'dns skipped',
      'tcp ok',
      'tls skipped',
      'record ok',
      'clock ok',
    ]);
    expect(report).toMatchObject({ name, exitCode: 0 });
    expect(services.requests.at(-1)).toMatchObject({ operation: PUT[name], status: 200 });
    expect(services.violations).toEqual([]);
  });

  it('shows neither the secret key nor the whole access key', async () => {
    const services = await withServices();
    const { accessKeyId, secretAccessKey } = services.clientConfig.credentials;
    const { steps, text } = await runDoctor(commandArguments, variablesFor(services));
    expect(steps.find(({ step }) => step === 'credentials')?.detail).toBe(
      'environment variables, access key AKIA…S000',
    );
    expect(text).not.toContain(accessKeyId);
    expect(text).not.toContain(secretAccessKey);
  });

  it('names a region that the service is not of', async () => {
    const services = await withServices({ region: 'eu-west-1' });
    const variables = { ...variablesFor(services), AWS_REGION: 'eu-central-1' };
    expect(await runDoctor(commandArguments, variables)).toMatchObject({
      cause: 'wrong_region',
      sentence: expect.stringContaining('signed for the region eu-central-1'),
      exitCode: 1,
    });
  });

  it('names a region that does not exist, and the one with a similar name', async () => {
    const services = await withServices();
    const variables = {
      ...variablesFor(services),
      AWS_ENDPOINT_URL: undefined,
      AWS_REGION: 'eu-wst-1',
    };
    expect(await runDoctor(commandArguments, variables)).toMatchObject({
      cause: 'invalid_region',
      mend: expect.stringContaining('eu-west-1'),
    });
  });

  it('names the permission that is missing, and where to get a policy', async () => {
    const services = await withServices();
    const message =
      `User: arn:aws:iam::123456789012:user/shop is not authorized to perform: ${ACTION[name].toLowerCase()} ` +
      `on resource: arn:aws:x:us-east-1:123456789012:y because no identity-based policy allows the action`;
    services.setFaults([
      { kind: 'error', name: 'AccessDeniedException', message, operation: PUT[name] },
    ]);
    expect(await runDoctor(commandArguments, variablesFor(services))).toMatchObject({
      cause: 'missing_permission',
      sentence: `These credentials may not call ${ACTION[name]} on arn:aws:x:us-east-1:123456789012:y.`,
      mend: expect.stringContaining(`collectorless iam ${name}`),
    });
  });

  it('names the permission by the call when the service does not', async () => {
    const services = await withServices();
    services.setFaults([{ kind: 'error', name: 'AccessDeniedException', operation: PUT[name] }]);
    expect(await runDoctor(commandArguments, variablesFor(services))).toMatchObject({
      cause: 'missing_permission',
      sentence: expect.stringContaining(ACTION[name]),
    });
  });

  it.each([20, -20])('names a clock that is %i minutes off', async (minutes) => {
    const services = await withServices();
    services.setFaults([{ kind: 'clock-skew', offsetMillis: minutes * 60_000 }]);
    const report = await runDoctor(commandArguments, variablesFor(services));
    expect(report).toMatchObject({
      cause: 'clock_skew',
      sentence: expect.stringContaining(`20 minutes ${minutes > 0 ? 'behind' : 'ahead'}`),
    });
    expect(statusOf(report, 'clock')).toBe('failed');
  });

  it('names an access key that does not exist', async () => {
    const services = await withServices();
    const variables = { ...variablesFor(services), AWS_ACCESS_KEY_ID: 'AKIASTRANGER00000000' };
    expect(await runDoctor(commandArguments, variables)).toMatchObject({
      cause: 'unknown_access_key',
    });
  });

  it('names a secret key that is wrong', async () => {
    const services = await withServices();
    const variables = { ...variablesFor(services), AWS_SECRET_ACCESS_KEY: 'not-the-secret' };
    const report = await runDoctor(commandArguments, variables);
    expect(report).toMatchObject({ cause: 'wrong_secret_key' });
    expect(report.text).not.toContain('not-the-secret');
  });

  it('names credentials that are not there', async () => {
    const services = await withServices();
    const variables = { ...variablesFor(services), AWS_ACCESS_KEY_ID: undefined };
    const report = await runDoctor(commandArguments, variables);
    expect(report).toMatchObject({ cause: 'missing_credentials' });
    expect(statusOf(report, 'credentials')).toBe('failed');
    expect(services.requests).toEqual([]);
  });

  it.each([undefined, ''])('names a region that is not set: %s', async (region) => {
    const services = await withServices();
    const variables = { ...variablesFor(services), AWS_REGION: region };
    expect(await runDoctor(commandArguments, variables)).toMatchObject({ cause: 'missing_region' });
  });

  it.each<[string, Fault, string]>([
    ['credentials that have expired', { kind: 'expired-credentials' }, 'expired_credentials'],
    ['throttling', { kind: 'throttle' }, 'throttled'],
    ['an outage', { kind: 'service-unavailable' }, 'service_unavailable'],
    ['an error of the service', { kind: 'internal-error' }, 'service_unavailable'],
    ['a target that is missing', { kind: 'not-found' }, 'missing_target'],
    ['a connection that is cut', { kind: 'reset-before-accept' }, 'connection_reset'],
    ['an answer that is no JSON', { kind: 'malformed-answer', form: 'html' }, 'wrong_endpoint'],
    [
      'a key that cannot be used',
      { kind: 'error', name: name === 'sqs' ? 'KmsDisabled' : 'InvalidKMSResourceException' },
      'kms_key',
    ],
    [
      'a proxy that asks for credentials',
      { kind: 'error', name: 'x', status: 407, body: '' },
      'proxy_authentication',
    ],
    ['an unknown error', { kind: 'error', name: 'ValidationException' }, 'rejected_record'],
  ])('names %s', async (_what, fault, cause) => {
    const services = await withServices();
    services.setFaults([fault]);
    const report = await runDoctor(commandArguments, variablesFor(services));
    expect(report).toMatchObject({ cause, exitCode: 1 });
    expect(statusOf(report, 'record')).toBe('failed');
  });

  it.each<['garbage' | 'html']>([['garbage'], ['html']])(
    'blames the body of an answer, not its media type, when it is %s',
    async (form) => {
      const services = await withServices();
      services.setFaults([{ kind: 'malformed-answer', form }]);
      const { sentence } = await runDoctor(commandArguments, variablesFor(services));
      expect(sentence).toContain('a body that is not of its protocol');
      expect(sentence).not.toContain('never does');
    },
  );

  it('names a service that does not answer', async () => {
    const services = await withServices();
    services.setFaults([{ kind: 'hang' }]);
    expect(
      await runDoctor([...commandArguments, '--timeout-millis', '500'], variablesFor(services)),
    ).toMatchObject({ cause: 'no_answer', sentence: expect.stringContaining('500 ms') });
  });
});

it('doctor looks at all exporters that the variables name, and ends with 1 when one fails', async () => {
  const services = await withServices();
  const variables = {
    ...variablesFor(services),
    OTEL_LOGS_EXPORTER: 'sqs,http',
    OTEL_EXPORTER_SQS_QUEUE_NAME: 'logs',
    OTEL_EXPORTER_HTTP_LOGS_URL: `http://127.0.0.1:${await unusedPort()}/`,
  };
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  const { exitCode, stdout } = await runCli(['doctor'], { environment: variables });
  vi.unstubAllEnvs();
  expect(exitCode).toBe(1);
  expect(stdout).toMatch(/^sqs\n {2}ok {7}configuration /u);
  expect(stdout).toContain('\n  sqs works.\n\nhttp\n');
  expect(stdout).toMatch(
    /\n {2}connection_refused\n {2}Nothing listens at .*\n {2}Mend: Start .*\n\n$/u,
  );
});

it.each([['doctor'], ['doctor', '--json']])(
  '%s lets no message of a service command the terminal',
  async (...commandArguments) => {
    const services = await withServices();
    const message = 'red \u001b[31m and \u009b31m and \u202eturned';
    services.setFaults([{ kind: 'error', name: 'ValidationException', message }]);
    const environment = variablesFor(services);
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
    const { stdout } = await runCli([...commandArguments, 'sqs', '--set', 'queueName=logs'], {
      environment,
    });
    vi.unstubAllEnvs();
    expect(stdout).toContain('rejected_record');
    for (const character of ['\u001b', '\u009b', '\u202e']) {
      expect(stdout).not.toContain(character);
    }
  },
);
