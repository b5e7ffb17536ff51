import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  type CreateLogGroupCommandInput,
  CreateLogStreamCommand,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  PutLogEventsCommand,
  PutRetentionPolicyCommand,
  TagResourceCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { describe, expect, it } from 'vitest';
import { type LocalServices, startLocalServices } from '../../src/testing/index.ts';
import { refusalOf } from './support/refusal-of.ts';

const clientOf = (services: LocalServices): CloudWatchLogsClient =>
  new CloudWatchLogsClient({ ...services.clientConfig, maxAttempts: 1 });
const kmsKeyId = 'arn:aws:kms:us-east-1:123456789012:key/1234';
const names = { logGroupName: '/otel/shop', logStreamName: 'one' };
const tagsOf = (count: number): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`key${index}`, 'value']));

it('put first, create what is missing, put again: no violation on the way', async () => {
  await using services = await startLocalServices();
  const client = clientOf(services);
  const put = new PutLogEventsCommand({
    ...names,
    logEvents: [{ timestamp: Date.now(), message: 'x' }],
  });
  expect((await refusalOf(client.send(put))).message).toBe(
    'The specified log group does not exist.',
  );
  const createStream = new CreateLogStreamCommand(names);
  expect((await refusalOf(client.send(createStream))).name).toBe('ResourceNotFoundException');
  await client.send(new CreateLogGroupCommand({ logGroupName: names.logGroupName }));
  expect((await refusalOf(client.send(put))).message).toBe(
    'The specified log stream does not exist.',
  );
  await client.send(createStream);
  await client.send(put);
  expect(services.cloudWatchLogs.eventCount).toBe(1);
  expect(services.violations).toEqual([]);
});

it('a group keeps its class, key, tags and retention', async () => {
  await using services = await startLocalServices();
  const client = clientOf(services);
  const { logGroupName } = names;
  await client.send(
    new CreateLogGroupCommand({
      logGroupName,
      kmsKeyId,
      logGroupClass: 'INFREQUENT_ACCESS',
      tags: { team: 'a' },
    }),
  );
  await client.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays: 14 }));
  const resourceArn = `arn:aws:logs:us-east-1:000000000000:log-group:${logGroupName}`;
  await client.send(new TagResourceCommand({ resourceArn, tags: { stage: 'b' } }));
  expect(services.cloudWatchLogs.groups.get(logGroupName)).toMatchObject({
    logGroupClass: 'INFREQUENT_ACCESS',
    kmsKeyId,
    tags: { team: 'a', stage: 'b' },
    retentionInDays: 14,
  });
});

it('what exists is not created twice', async () => {
  await using services = await startLocalServices({
    cloudWatchLogs: { groups: { '/otel/shop': ['one'] } },
  });
  const client = clientOf(services);
  const group = await refusalOf(
    client.send(new CreateLogGroupCommand({ logGroupName: names.logGroupName })),
  );
  expect(group).toMatchObject({
    name: 'ResourceAlreadyExistsException',
    message: 'The specified log group already exists',
  });
  const stream = await refusalOf(client.send(new CreateLogStreamCommand(names)));
  expect(stream).toMatchObject({
    name: 'ResourceAlreadyExistsException',
    message: 'The specified log stream already exists',
  });
  expect(services.violations).toEqual([]);
});

describe('CreateLogGroup is refused for', () => {
  it.each<[string, string, Partial<CreateLogGroupCommandInput>]>([
    ['an unknown class', 'log-group-class', { logGroupClass: 'CHEAP' as 'STANDARD' }],
    ['a key that is no ARN', 'kms-key-id', { kmsKeyId: 'alias/mine' }],
    ['a key of 257 characters', 'kms-key-id', { kmsKeyId: kmsKeyId.padEnd(257, 'x') }],
    ['no tags in the map', 'tags-count', { tags: {} }],
    ['51 tags', 'tags-count', { tags: tagsOf(51) }],
    ['a tag key of 129 characters', 'tag-length', { tags: { ['x'.repeat(129)]: 'v' } }],
    ['a tag value of 257 characters', 'tag-length', { tags: { key: 'x'.repeat(257) } }],
    ['a tag with a comma', 'tag-characters', { tags: { key: 'a,b' } }],
    ['a reserved tag', 'tag-prefix', { tags: { 'aws:mine': 'v' } }],
    ['a reserved name', 'group-name-prefix', { logGroupName: 'aws/mine' }],
  ])('%s', async (_, rule, settings) => {
    await using services = await startLocalServices();
    const command = new CreateLogGroupCommand({ logGroupName: 'group', ...settings });
    const refusal = await refusalOf(clientOf(services).send(command));
    expect(refusal).toMatchObject({ name: 'InvalidParameterException', status: 400 });
    expect(services.violations).toMatchObject([{ rule, operation: 'CreateLogGroup' }]);
    expect(services.cloudWatchLogs.groups.size).toBe(0);
  });

  it('nothing about 50 tags and the name /aws/mine', async () => {
    await using services = await startLocalServices();
    await clientOf(services).send(
      new CreateLogGroupCommand({ logGroupName: '/aws/mine', tags: tagsOf(50) }),
    );
    expect(services.violations).toEqual([]);
  });
});

it.each([0, 2, 15, 3654])('a retention of %i days is refused', async (retentionInDays) => {
  await using services = await startLocalServices({ cloudWatchLogs: { groups: { group: [] } } });
  const command = new PutRetentionPolicyCommand({ logGroupName: 'group', retentionInDays });
  expect((await refusalOf(clientOf(services).send(command))).name).toBe(
    'InvalidParameterException',
  );
  expect(services.violations).toMatchObject([{ rule: 'retention', actual: retentionInDays }]);
});

it('Describe calls are answered, and noted as what no sender should need', async () => {
  await using services = await startLocalServices({
    cloudWatchLogs: { groups: { group: ['one', 'two'] } },
  });
  const client = clientOf(services);
  const groups = await client.send(new DescribeLogGroupsCommand({}));
  const streams = await client.send(
    new DescribeLogStreamsCommand({ logGroupName: 'group', logStreamNamePrefix: 't' }),
  );
  expect(groups.logGroups?.map(({ logGroupName }) => logGroupName)).toEqual(['group']);
  expect(streams.logStreams?.map(({ logStreamName }) => logStreamName)).toEqual(['two']);
  expect(services.violations).toMatchObject([
    { rule: 'describe-call', scope: 'advice', limit: 10 },
    { rule: 'describe-call', scope: 'advice', limit: 25 },
  ]);
});

it('groups and streams can be deleted under the sender', async () => {
  await using services = await startLocalServices({
    cloudWatchLogs: { groups: { group: ['one'] } },
  });
  services.cloudWatchLogs.deleteStream('group', 'one');
  expect(services.cloudWatchLogs.groups.get('group')?.streams.size).toBe(0);
  services.cloudWatchLogs.deleteGroup('group');
  expect(services.cloudWatchLogs.groups.size).toBe(0);
});
