import { describe, expect, it } from 'vitest';
import { runCli } from '../support/run-cli.ts';
import { actionsOf, runIam, setting, where } from './support/run-iam.ts';

describe('iam firehose', () => {
  it('allows one action on the delivery stream', async () => {
    const { statements, stderr } = await runIam([
      'firehose',
      ...setting('deliveryStreamName=shop-logs'),
      ...where,
    ]);
    expect(statements).toEqual([
      {
        Effect: 'Allow',
        Action: 'firehose:PutRecordBatch',
        Resource: 'arn:aws:firehose:eu-west-1:123456789012:deliverystream/shop-logs',
      },
    ]);
    expect(stderr).toBe('');
  });
});

describe('iam cloudwatch-logs', () => {
  const group = 'arn:aws:logs:eu-west-1:123456789012:log-group:/shop/*';

  it('allows to write to streams, and to create stream and group', async () => {
    const options = setting('logGroupName=/shop/{service.name}', 'logStreamName=web-{host.name}');
    const { statements, stderr } = await runIam(['cloudwatch-logs', ...options, ...where]);
    expect(statements).toEqual([
      { Effect: 'Allow', Action: 'logs:PutLogEvents', Resource: `${group}:log-stream:web-*` },
      {
        Effect: 'Allow',
        Action: ['logs:CreateLogStream', 'logs:CreateLogGroup'],
        Resource: `${group}:*`,
      },
    ]);
    expect(stderr).toBe('');
  });

  it.each<[string, readonly string[], readonly string[]]>([
    ['nothing is created', ['createLogGroup=false', 'createLogStream=false'], []],
    ['no group is created', ['createLogGroup=false'], ['logs:CreateLogStream']],
    ['no stream is created', ['createLogStream=false'], ['logs:CreateLogGroup']],
    [
      'groups have a retention',
      ['retentionInDays=30'],
      ['logs:CreateLogStream', 'logs:CreateLogGroup', 'logs:PutRetentionPolicy'],
    ],
    [
      'groups would have a retention, but none is created',
      ['retentionInDays=30', 'createLogGroup=false'],
      ['logs:CreateLogStream'],
    ],
  ])('allows what is needed when %s', async (_what, options, actions) => {
    const { statements } = await runIam([
      'cloudwatch-logs',
      ...setting('logGroupName=/shop/a', ...options),
      ...where,
    ]);
    expect(actionsOf(statements).toSorted()).toEqual(['logs:PutLogEvents', ...actions].toSorted());
  });

  it('allows to tag on the ARN of the group itself', async () => {
    const options = setting('logGroupName=/shop/{service.name}', 'tags=team=shop');
    const { statements } = await runIam(['cloudwatch-logs', ...options, ...where]);
    expect(statements).toContainEqual({
      Effect: 'Allow',
      Action: 'logs:TagResource',
      Resource: [group, `${group}:*`],
    });
  });

  it('needs nothing for a key, and says what the key needs', async () => {
    const key = 'arn:aws:kms:eu-west-1:123456789012:key/1';
    const { statements, stderr } = await runIam([
      'cloudwatch-logs',
      ...setting('logGroupName=/shop/a', `kmsKeyId=${key}`),
      ...where,
    ]);
    expect(JSON.stringify(statements)).not.toContain('kms');
    expect(stderr).toContain(`the policy of the key ${key} itself`);
  });

  it('says that a detected group is not in a policy for the default one', async () => {
    const { statements, stderr } = await runIam(['cloudwatch-logs', ...where]);
    expect(JSON.stringify(statements)).toContain('log-group:/otel/*:log-stream:*"');
    expect(stderr).toContain('aws.log.group.names');
  });
});

describe('iam sqs', () => {
  it('allows to send, and to look up a queue by name', async () => {
    const { statements } = await runIam(['sqs', ...setting('queueName=logs-{severity}'), ...where]);
    expect(statements).toEqual([
      {
        Effect: 'Allow',
        Action: ['sqs:SendMessage', 'sqs:GetQueueUrl'],
        Resource: 'arn:aws:sqs:eu-west-1:123456789012:logs-*',
      },
    ]);
  });

  it.each([
    [
      'https://sqs.eu-west-1.amazonaws.com/123456789012/logs',
      'arn:aws:sqs:eu-west-1:123456789012:logs',
    ],
    [
      'https://sqs.cn-north-1.amazonaws.com.cn/123456789012/logs.fifo',
      'arn:aws-cn:sqs:cn-north-1:123456789012:logs.fifo',
    ],
    [
      'https://sqs.us-gov-west-1.amazonaws.com/123456789012/{service.name}',
      'arn:aws-us-gov:sqs:us-gov-west-1:123456789012:*',
    ],
    [
      'https://vpce-1a2b.sqs.eu-west-1.vpce.amazonaws.com/123456789012/logs',
      'arn:aws:sqs:eu-west-1:123456789012:logs',
    ],
    [
      'https://eu-west-1.queue.amazonaws.com/123456789012/logs',
      'arn:aws:sqs:eu-west-1:123456789012:logs',
    ],
    ['http://localhost:4566/000000000000/logs', 'arn:aws:sqs:eu-west-2:000000000000:logs'],
  ])('takes region and account from the address %s', async (queueUrl, arn) => {
    const environment = { AWS_REGION: 'eu-west-2' };
    const { statements } = await runIam(['sqs', ...setting(`queueUrl=${queueUrl}`)], environment);
    expect(statements).toEqual([{ Effect: 'Allow', Action: 'sqs:SendMessage', Resource: arn }]);
  });

  it('allows to use the key of the queue', async () => {
    const key = 'arn:aws:kms:eu-west-1:123456789012:key/1a-2b';
    const { statements } = await runIam([
      'sqs',
      ...setting('queueName=logs'),
      ...where,
      ...['--kms-key', key],
    ]);
    expect(statements).toContainEqual({
      Effect: 'Allow',
      Action: ['kms:GenerateDataKey', 'kms:Decrypt'],
      Resource: key,
    });
  });

  it.each([['alias/logs'], ['arn:aws:kms:eu-west-1:123456789012:alias/logs']])(
    'refuses the key %s, which would match nothing',
    async (key) => {
      const run = await runCli(['iam', 'sqs', '--set', 'queueName=logs', '--kms-key', key]);
      expect(run).toMatchObject({ exitCode: 2, stdout: '' });
    },
  );
});

describe('iam kinesis', () => {
  const arn = 'arn:aws:kinesis:eu-west-1:123456789012:stream/logs-{service.name}';

  it('takes region and account of an ARN', async () => {
    const { statements, stderr } = await runIam(['kinesis', ...setting(`streamArn=${arn}`)]);
    expect(statements).toEqual([
      {
        Effect: 'Allow',
        Action: 'kinesis:PutRecords',
        Resource: 'arn:aws:kinesis:eu-west-1:123456789012:stream/logs-*',
      },
    ]);
    expect(stderr).toBe('');
  });

  it.each([
    ['--region', 'us-east-1', 'eu-west-1'],
    ['--account', '999999999999', '123456789012'],
  ])('refuses %s where the ARN says another', async (flag, value, known) => {
    const options = ['iam', 'kinesis', ...setting(`streamArn=${arn}`), flag, value];
    expect(await runCli(options)).toMatchObject({
      exitCode: 2,
      stdout: '',
      stderr: expect.stringContaining(
        `kinesis: ${flag} ${value} contradicts its target, which is in ${known}`,
      ),
    });
  });

  it('allows producers to encrypt with the key of the stream', async () => {
    const key = 'arn:aws:kms:eu-west-1:123456789012:key/1234abcd';
    const options = [...setting('streamName=logs'), '--kms-key', key];
    const { statements } = await runIam(['kinesis', ...options]);
    expect(statements).toContainEqual({
      Effect: 'Allow',
      Action: 'kms:GenerateDataKey',
      Resource: key,
    });
  });
});
