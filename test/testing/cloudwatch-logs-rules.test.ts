import {
  CloudWatchLogsClient,
  type Entity,
  PutLogEventsCommand,
  type PutLogEventsCommandInput,
  type PutLogEventsCommandOutput,
} from '@aws-sdk/client-cloudwatch-logs';
import { describe, expect, it } from 'vitest';
import {
  type LocalServices,
  type LocalServicesOptions,
  startLocalServices,
} from '../../src/testing/index.ts';
import { refusalOf } from './support/refusal-of.ts';

const now = 1_800_000_000_000;
const hour = 3_600_000;
const day = 24 * hour;

const start = (options: LocalServicesOptions = {}): Promise<LocalServices> =>
  startLocalServices({
    now: () => now,
    cloudWatchLogs: { groups: { group: ['stream'] } },
    ...options,
  });

interface Event {
  readonly timestamp: number;
  readonly message: string;
}
const at = (timestamp: number, message = 'x'): Event => ({ timestamp, message });
const many = (count: number, message = 'x'): Event[] =>
  Array.from({ length: count }, () => at(now, message));

function put(
  services: LocalServices,
  logEvents: Event[],
  more: Partial<PutLogEventsCommandInput> = {},
): Promise<PutLogEventsCommandOutput> {
  const client = new CloudWatchLogsClient({ ...services.clientConfig, maxAttempts: 1 });
  const names = { logGroupName: 'group', logStreamName: 'stream' };
  return client.send(new PutLogEventsCommand({ ...names, logEvents, ...more }));
}

it('CloudWatch Logs accepts every character that a name may have', async () => {
  const logGroupName = 'ABCXYZabcxyz0123456789._-/#';
  await using services = await start({
    cloudWatchLogs: { groups: { [logGroupName]: ['stream'] } },
  });
  await put(services, [at(now)], { logGroupName });
  expect(services.violations).toEqual([]);
});

describe('CloudWatch Logs accepts, up to the last byte,', () => {
  it.each([
    ['10,000 events', many(10_000)],
    ['an event of 1,048,550 bytes, in UTF-8', [at(now, `${'é'.repeat(524_274)}xx`)]],
    ['1,048,576 bytes with 26 for each event', [at(now, 'x'.repeat(1_048_523)), at(now)]],
    ['times that do not grow', [at(now - 1), at(now), at(now)]],
    ['exactly 24 hours', [at(now - day), at(now)]],
    ['2 hours ahead', [at(now + 2 * hour)]],
    ['14 days back', [at(now - 14 * day)]],
  ])('%s', async (_, events) => {
    await using services = await start();
    const output = await put(services, events);
    expect(output.rejectedLogEventsInfo).toBeUndefined();
    expect(
      services.cloudWatchLogs.events.map(({ timestamp, message }) => ({ timestamp, message })),
    ).toEqual(events);
    expect(services.violations).toEqual([]);
  });
});

describe('CloudWatch Logs refuses the whole call for', () => {
  it.each([
    ['no events', 'events-empty', /'logEvents'.*greater than or equal to 1$/, []],
    ['10,001 events', 'events-count', /'logEvents'.*less than or equal to 10000$/, many(10_001)],
    [
      'an empty message',
      'message-empty',
      /'logEvents\.2\.member\.message'.*greater than or equal to 1$/,
      [at(now), at(now, '')],
    ],
    [
      'an event of 1,048,551 bytes',
      'event-bytes',
      /^Log event too large: 1048577 bytes exceeds limit of 1048576$/,
      [at(now, 'x'.repeat(1_048_551))],
    ],
    [
      '1,048,577 bytes',
      'call-bytes',
      /^Upload too large: 1048577 bytes exceeds limit of 1048576$/,
      [at(now, 'x'.repeat(1_048_524)), at(now)],
    ],
    [
      'falling times',
      'chronological-order',
      /^Log events in a single PutLogEvents request must be in chronological order\.$/,
      [at(now), at(now - 1)],
    ],
    [
      'more than 24 hours',
      'span',
      /cannot span more than 24 hours\.$/,
      [at(now - day - 1), at(now)],
    ],
    ['a negative time', 'timestamp-negative', /greater than or equal to 0$/, [at(-1)]],
    ['half a surrogate pair', 'message-surrogates', /surrogate/, [at(now, 'a\ud800')]],
  ])('%s', async (_, rule, message, events) => {
    await using services = await start();
    const refusal = await refusalOf(put(services, events));
    expect(refusal).toEqual({
      name: 'InvalidParameterException',
      message: expect.stringMatching(message),
      status: 400,
    });
    expect(services.cloudWatchLogs.events).toEqual([]);
    expect(services.violations[0]).toMatchObject({
      service: 'cloudwatch-logs',
      rule,
      scope: 'call',
    });
  });

  it('a time with a fraction', async () => {
    await using services = await start();
    const refusal = await refusalOf(put(services, [at(now + 0.5)]));
    expect(refusal).toMatchObject({ name: 'SerializationException', status: 400 });
    expect(services.violations).toMatchObject([{ rule: 'timestamp-integer' }]);
  });

  it.each([
    ['group-name-length', { logGroupName: 'x'.repeat(513) }],
    ['group-name-length', { logGroupName: '' }],
    ['group-name-characters', { logGroupName: 'a b' }],
    ['group-name-prefix', { logGroupName: 'aws/mine' }],
    ['stream-name-length', { logStreamName: 'x'.repeat(513) }],
    ['stream-name-characters', { logStreamName: 'a:b' }],
    ['stream-name-characters', { logStreamName: 'a*b' }],
  ])('a wrong name: %s', async (rule, names) => {
    await using services = await start();
    const refusal = await refusalOf(put(services, many(1), names));
    expect(refusal.name).toBe('InvalidParameterException');
    expect(services.violations).toMatchObject([{ rule }]);
  });
});

describe('the age of each event decides by itself, with status 200:', () => {
  const old = at(now - 14 * day - 1);
  const fresh = at(now);
  const early = at(now + 2 * hour + 1);
  it.each([
    ['one too old', [old, fresh], undefined, { tooOldLogEventEndIndex: 1 }, 1],
    ['one too new', [fresh, early], undefined, { tooNewLogEventStartIndex: 1 }, 1],
    [
      'both',
      [old, old, fresh, early],
      undefined,
      { tooOldLogEventEndIndex: 2, tooNewLogEventStartIndex: 3 },
      1,
    ],
    ['all too old', [old], undefined, { tooOldLogEventEndIndex: 1 }, 0],
    [
      'past the retention',
      [at(now - 3 * day - 1), at(now - day)],
      3,
      { expiredLogEventEndIndex: 1 },
      1,
    ],
    [
      'too old and past the retention',
      [old, at(now - 2 * day), fresh],
      1,
      { tooOldLogEventEndIndex: 1, expiredLogEventEndIndex: 2 },
      1,
    ],
  ])('%s', async (_, events, retentionInDays, info, stored) => {
    await using services = await start();
    const group = services.cloudWatchLogs.groups.get('group');
    if (group !== undefined && retentionInDays !== undefined)
      group.retentionInDays = retentionInDays;
    const output = await put(services, events);
    expect(output.rejectedLogEventsInfo).toEqual(info);
    expect(output.nextSequenceToken === undefined).toBe(stored === 0);
    expect(services.cloudWatchLogs.events).toHaveLength(stored);
    expect(services.cloudWatchLogs.rejected).toHaveLength(events.length - stored);
    expect(services.violations).toEqual([]);
  });

  it('what is rejected does not count for the span', async () => {
    await using services = await start();
    await put(services, [old, fresh, early]);
    expect(services.cloudWatchLogs.rejected.map(({ reason }) => reason)).toEqual([
      'too_old',
      'too_new',
    ]);
  });

  it('a group of the class DELIVERY keeps one day', async () => {
    await using services = await start();
    services.cloudWatchLogs.createGroup('group', { logGroupClass: 'DELIVERY' });
    services.cloudWatchLogs.createStream('group', 'stream');
    const output = await put(services, [at(now - day - 1)]);
    expect(output.rejectedLogEventsInfo).toEqual({ expiredLogEventEndIndex: 1 });
  });
});

describe('an entity', () => {
  const service = { Type: 'Service', Name: 'shop', Environment: 'test' };
  it('that fits is kept with the stream', async () => {
    await using services = await start();
    const output = await put(services, many(1), { entity: { keyAttributes: service } });
    expect(output.rejectedEntityInfo).toBeUndefined();
    const stream = services.cloudWatchLogs.groups.get('group')?.streams.get('stream');
    expect(stream?.entity).toEqual({ keyAttributes: service });
  });

  it.each<[string, Entity]>([
    ['MissingRequiredFields', { keyAttributes: { Name: 'shop', Environment: 'test' } }],
    ['MissingRequiredFields', { keyAttributes: { Type: 'Service', Name: 'shop' } }],
    ['MissingRequiredFields', { keyAttributes: { Type: 'Resource', Identifier: 'i' } }],
    ['InvalidTypeValue', { keyAttributes: { ...service, Type: 'Shop' } }],
    ['InvalidKeyAttributes', { keyAttributes: { ...service, Colour: 'red' } }],
    ['InvalidAttributes', { keyAttributes: service, attributes: { empty: '' } }],
    ['InvalidEntity', { attributes: { a: 'b' } }],
  ])('that is wrong (%s) is rejected while its events are stored', async (errorType, entity) => {
    await using services = await start();
    const output = await put(services, many(1), { entity });
    expect(output.rejectedEntityInfo).toEqual({ errorType });
    expect(services.cloudWatchLogs.eventCount).toBe(1);
    expect(services.violations).toMatchObject([
      { rule: 'entity', error: errorType, scope: 'entry' },
    ]);
  });

  it('is not for the class INFREQUENT_ACCESS', async () => {
    await using services = await start();
    services.cloudWatchLogs.createGroup('group', { logGroupClass: 'INFREQUENT_ACCESS' });
    services.cloudWatchLogs.createStream('group', 'stream');
    const output = await put(services, many(1), { entity: { keyAttributes: service } });
    expect(output.rejectedEntityInfo).toEqual({ errorType: 'UnsupportedLogGroupType' });
  });

  const eleven = Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`a${index}`, 'v']));
  it.each<[string, Entity]>([
    ['1 key attribute', { keyAttributes: { Type: 'Service' } }],
    ['5 key attributes', { keyAttributes: { ...service, ResourceType: 'r', Identifier: 'i' } }],
    ['11 attributes', { keyAttributes: service, attributes: eleven }],
    ['a value of 513 characters', { keyAttributes: { ...service, Name: 'x'.repeat(513) } }],
    [
      'an attribute name of 257 characters',
      { keyAttributes: service, attributes: { ['x'.repeat(257)]: 'v' } },
    ],
  ])('with %s fails the call', async (_, entity) => {
    await using services = await start();
    const refusal = await refusalOf(put(services, many(1), { entity }));
    expect(refusal.name).toBe('InvalidParameterException');
    expect(services.violations).toMatchObject([{ rule: 'entity-size' }]);
    expect(services.cloudWatchLogs.eventCount).toBe(0);
  });
});

it('what arrived is there by group and stream, flat, and decoded', async () => {
  await using services = await start();
  await put(services, [at(now - 1, '{"a":1}'), at(now, 'plain')]);
  const { cloudWatchLogs } = services;
  expect(cloudWatchLogs.events[0]).toEqual({
    logGroupName: 'group',
    logStreamName: 'stream',
    timestamp: now - 1,
    message: '{"a":1}',
    ingestionTime: now,
  });
  expect(cloudWatchLogs.groups.get('group')?.streams.get('stream')?.events).toEqual(
    cloudWatchLogs.events,
  );
  expect(cloudWatchLogs.decoded).toEqual([{ a: 1 }, 'plain']);
  expect(cloudWatchLogs.messages).toEqual(['{"a":1}', 'plain']);
  cloudWatchLogs.clear();
  expect(cloudWatchLogs.groups.get('group')?.streams.get('stream')?.events).toEqual([]);
});
