import { describe, expect, it } from 'vitest';
import { partitionOf } from '../../../src/cli/iam/partition-of.ts';
import { runCli } from '../support/run-cli.ts';
import { runIam, setting, where } from './support/run-iam.ts';

describe('iam', () => {
  it('makes one policy of the exporters that the variables name', async () => {
    const { statements, stderr } = await runIam([], {
      OTEL_LOGS_EXPORTER: 'sqs,firehose,http,otlp',
      OTEL_EXPORTER_SQS_QUEUE_NAME: 'logs',
      OTEL_EXPORTER_FIREHOSE_DELIVERY_STREAM_NAME: 'logs',
      OTEL_EXPORTER_FIREHOSE_CLIENT_CONFIG_REGION: 'us-east-2',
      AWS_REGION: 'eu-west-1',
    });
    expect(statements).toMatchObject([
      { Resource: 'arn:aws:sqs:eu-west-1:*:logs' },
      { Resource: 'arn:aws:firehose:us-east-2:*:deliverystream/logs' },
    ]);
    expect(stderr).toContain('note: http: needs no permission of AWS.');
    expect(stderr).toContain('warning: otlp of OTEL_LOGS_EXPORTER is no exporter of collectorless');
  });

  it('says what is a wildcard because it is not known', async () => {
    const { stderr } = await runIam(['firehose', ...setting('deliveryStreamName=logs')]);
    expect(stderr).toContain('no region is known');
    expect(stderr).toContain('no account is known');
  });

  it('says that a region has a slip', async () => {
    const options = setting('deliveryStreamName=logs');
    const { stderr } = await runIam(['firehose', ...options, '--region', 'eu-wst-1']);
    expect(stderr).toContain('eu-west-1 has a similar name');
  });

  it.each(['http', 'zeromq'])('says that %s needs nothing, and prints no policy', async (name) => {
    expect(await runCli(['iam', name])).toEqual({
      exitCode: 0,
      stdout: '',
      stderr: `note: ${name}: needs no permission of AWS.\n`,
    });
  });

  it('prints policy and notes as one document for programs', async () => {
    const { stderr, stdout } = await runCli(['iam', 'http', '--json']);
    expect(JSON.parse(stdout)).toEqual({
      policy: null,
      notes: ['http: needs no permission of AWS.'],
    });
    expect(stderr).toBe('');
  });

  it('takes a partition that the region does not tell', async () => {
    const options = [...setting('deliveryStreamName=logs'), '--partition', 'aws-cn'];
    const { statements } = await runIam(['firehose', ...options]);
    expect(statements).toMatchObject([{ Resource: 'arn:aws-cn:firehose:*:*:deliverystream/logs' }]);
  });

  it.each([
    ['us-gov-west-1', 'aws', 'aws-us-gov'],
    ['eu-west-1', 'aws-cn', 'aws'],
  ])('refuses %s in %s, which no resource has', async (region, partition, expected) => {
    const options = [...setting('deliveryStreamName=logs'), '--partition', partition];
    expect(await runCli(['iam', 'firehose', ...options, '--region', region])).toMatchObject({
      exitCode: 2,
      stdout: '',
      stderr: expect.stringContaining(`the partition ${expected}, not of ${partition}`),
    });
  });

  it.each([
    ['us-gov-west-1', 'aws-us-gov'],
    ['us-*', 'aws-us-gov'],
  ])('takes %s in %s', async (region, partition) => {
    const options = [...setting('deliveryStreamName=logs'), '--partition', partition];
    const { statements } = await runIam(['firehose', ...options, '--region', region]);
    const resource = `arn:${partition}:firehose:${region}:*:deliverystream/logs`;
    expect(statements).toMatchObject([{ Resource: resource }]);
  });

  it('refuses a name that the service would refuse', async () => {
    const run = await runCli(['iam', 'firehose', '--set', 'deliveryStreamName=a/b']);
    expect(run).toMatchObject({
      exitCode: 2,
      stdout: '',
      stderr: expect.stringContaining('`deliveryStreamName` to have no "/"'),
    });
  });

  it('lets an option that is given win over the variable that it excludes', async () => {
    const environment = {
      OTEL_EXPORTER_SQS_QUEUE_URL: 'https://sqs.eu-west-1.amazonaws.com/123456789012/old',
    };
    const { statements } = await runIam(
      ['sqs', ...setting('queueName=new'), ...where],
      environment,
    );
    expect(statements).toMatchObject([{ Resource: 'arn:aws:sqs:eu-west-1:123456789012:new' }]);
  });
});

describe('the partition', () => {
  it.each([
    ['eu-west-1', 'aws'],
    ['cn-northwest-1', 'aws-cn'],
    ['us-gov-east-1', 'aws-us-gov'],
    ['eusc-de-east-1', 'aws-eusc'],
    ['us-isob-east-1', 'aws-iso-b'],
    ['*', 'aws'],
  ])('of %s is %s', (region, partition) => {
    expect(partitionOf(region)).toBe(partition);
  });
});
