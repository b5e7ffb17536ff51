import { expect, it } from 'vitest';
import type { Policy } from '../../../src/cli/iam/policy.ts';
import {
  type AwsName,
  runDoctor,
  variablesFor,
  withServices,
} from '../doctor/support/doctor-run.ts';
import { doctors } from '../support/doctors.ts';
import { runCli } from '../support/run-cli.ts';

it.each<[AwsName, readonly string[]]>([
  ['firehose', ['deliveryStreamName=logs']],
  ['kinesis', ['streamName=logs']],
  ['kinesis', ['streamArn=arn:aws:kinesis:us-east-1:123456789012:stream/logs']],
  ['sqs', ['queueName=logs']],
  ['sqs', ['queueUrl={endpoint}/000000000000/logs']],
  ['cloudwatch-logs', ['logGroupName=/otel/shop']],
  ['cloudwatch-logs', ['logGroupName=/otel/shop', 'retentionInDays=30']],
  ['cloudwatch-logs', ['logGroupName=/made', 'createLogGroup=false']],
  [
    'cloudwatch-logs',
    ['logGroupName=/made', 'logStreamName=made', 'createLogGroup=false', 'createLogStream=false'],
  ],
])(
  'the policy for %s with %j has the actions that its exporter calls, and no others',
  async (name, settings) => {
    const services = await withServices({ cloudWatchLogs: { groups: { '/made': ['made'] } } });
    const options = settings.flatMap((assignment) => [
      '--set',
      assignment.replace('{endpoint}', services.clientConfig.endpoint),
    ]);
    const report = await runDoctor([name, ...options], variablesFor(services));
    expect(report.exitCode).toBe(0);
    const called = services.requests.map(({ operation }) => doctors[name].actions?.[operation]);
    const { stdout } = await runCli(['iam', name, ...options]);
    const { Statement } = JSON.parse(stdout) as Policy;
    const allowed = Statement.flatMap(({ Action }) => Action);
    expect(allowed.toSorted()).toEqual([...new Set(called)].toSorted());
  },
);
