import { describe, expect, it } from 'vitest';
import { runDoctor, targetOptions, variablesFor, withServices } from './support/doctor-run.ts';

describe('doctor, for a target that is not there', () => {
  it('names the delivery stream', async () => {
    const services = await withServices({ firehose: { deliveryStreams: ['other'] } });
    expect(
      await runDoctor(['firehose', '--set', targetOptions.firehose], variablesFor(services)),
    ).toMatchObject({
      cause: 'missing_target',
      sentence: expect.stringContaining(
        'The delivery stream `shop-logs` does not exist in us-east-1',
      ),
    });
  });

  it.each(['queueName=shop-logs', 'queueUrl={endpoint}/000000000000/shop-logs'])(
    'names the queue of %s',
    async (assignment) => {
      const services = await withServices({ sqs: { queues: {} } });
      const setting = assignment.replace('{endpoint}', services.clientConfig.endpoint);
      expect(await runDoctor(['sqs', '--set', setting], variablesFor(services))).toMatchObject({
        cause: 'missing_target',
        sentence: expect.stringMatching(/^The queue `.*shop-logs` does not exist/u),
      });
    },
  );

  it('names the log group, and the option that keeps it from being created', async () => {
    const services = await withServices();
    const options = ['--set', targetOptions['cloudwatch-logs'], '--set', 'createLogGroup=false'];
    expect(await runDoctor(['cloudwatch-logs', ...options], variablesFor(services))).toMatchObject({
      cause: 'missing_target',
      sentence: expect.stringContaining('The log group `/otel/shop`'),
      mend: expect.stringContaining('OTEL_EXPORTER_CLOUDWATCH_LOGS_CREATE_LOG_GROUP'),
    });
  });

  it('names the action that a missing log group needs', async () => {
    const services = await withServices();
    services.setFaults([
      { kind: 'error', name: 'AccessDeniedException', operation: 'CreateLogGroup' },
    ]);
    const options = ['--set', targetOptions['cloudwatch-logs']];
    expect(await runDoctor(['cloudwatch-logs', ...options], variablesFor(services))).toMatchObject({
      cause: 'missing_permission',
      sentence: expect.stringContaining('logs:CreateLogGroup'),
    });
  });
});

it('names the region of an ARN that the client is not of', async () => {
  const services = await withServices({ region: 'us-east-1' });
  const streamArn = 'streamArn=arn:aws:kinesis:eu-west-1:123456789012:stream/logs';
  const report = await runDoctor(['kinesis', '--set', streamArn], variablesFor(services));
  expect(report).toMatchObject({
    cause: 'wrong_region',
    sentence: expect.stringContaining('region eu-west-1, and requests go to the region us-east-1'),
  });
});

it('names the partition of an ARN that the client is not of', async () => {
  const services = await withServices();
  const streamArn = 'streamArn=arn:aws:kinesis:eu-west-1:123456789012:stream/logs';
  const variables = {
    ...variablesFor(services),
    AWS_ENDPOINT_URL: undefined,
    AWS_REGION: 'cn-north-1',
  };
  expect(await runDoctor(['kinesis', '--set', streamArn], variables)).toMatchObject({
    cause: 'wrong_region',
    sentence: expect.stringContaining('partition aws, and requests go to the partition aws-cn'),
  });
});
