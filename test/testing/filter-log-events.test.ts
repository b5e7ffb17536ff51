import {
  CloudWatchLogsClient,
  type FilteredLogEvent,
  FilterLogEventsCommand,
  type FilterLogEventsCommandInput,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { describe, expect, it } from 'vitest';
import { type LocalServices, startLocalServices } from '../../src/testing/index.ts';
import { refusalOf } from './support/refusal-of.ts';

const now = 1_800_000_000_000;
const clientOf = (services: LocalServices): CloudWatchLogsClient =>
  new CloudWatchLogsClient({ ...services.clientConfig, maxAttempts: 1 });
const start = (): Promise<LocalServices> =>
  startLocalServices({
    now: () => now,
    cloudWatchLogs: { groups: { group: ['web-1', 'web-2', 'job'] } },
  });

async function put(
  services: LocalServices,
  logStreamName: string,
  ...events: [timestamp: number, message: string][]
): Promise<void> {
  await clientOf(services).send(
    new PutLogEventsCommand({
      logGroupName: 'group',
      logStreamName,
      logEvents: events.map(([timestamp, message]) => ({ timestamp, message })),
    }),
  );
}

/** The events of all pages. */
async function filter(
  services: LocalServices,
  input: Partial<FilterLogEventsCommandInput> = {},
): Promise<{ readonly events: FilteredLogEvent[]; readonly pageCount: number }> {
  const events: FilteredLogEvent[] = [];
  let nextToken: string | undefined;
  let pageCount = 0;
  do {
    const command = new FilterLogEventsCommand({ logGroupName: 'group', ...input, nextToken });
    const page = await clientOf(services).send(command);
    events.push(...(page.events ?? []));
    nextToken = page.nextToken;
    pageCount += 1;
  } while (nextToken !== undefined);
  return { events, pageCount };
}

const messagesOf = (events: readonly FilteredLogEvent[]): unknown[] =>
  events.map(({ message }) => message);

describe('FilterLogEvents of the local CloudWatch Logs', () => {
  it('gives the events of all streams in the order of their time', async () => {
    await using services = await start();
    await put(services, 'web-1', [now - 30, 'a'], [now - 10, 'c']);
    await put(services, 'web-2', [now - 20, 'b'], [now - 10, 'd']);
    const { events } = await filter(services);
    expect(messagesOf(events)).toEqual(['a', 'b', 'c', 'd']);
    expect(events[0]).toMatchObject({
      logStreamName: 'web-1',
      timestamp: now - 30,
      ingestionTime: now,
    });
    expect(services.violations).toEqual([]);
  });

  it.each<[string, Partial<FilterLogEventsCommandInput>, string[]]>([
    ['from a time on', { startTime: now - 20 }, ['b', 'c']],
    ['up to a time', { endTime: now - 20 }, ['a', 'b']],
    ['of named streams', { logStreamNames: ['job', 'web-1'] }, ['a', 'c']],
    ['of streams that begin so', { logStreamNamePrefix: 'web-' }, ['a', 'b']],
  ])('gives those %s', async (_, input, messages) => {
    await using services = await start();
    await put(services, 'web-1', [now - 30, 'a']);
    await put(services, 'web-2', [now - 20, 'b']);
    await put(services, 'job', [now - 10, 'c']);
    expect(messagesOf((await filter(services, input)).events)).toEqual(messages);
  });

  it('finds the group by its ARN', async () => {
    await using services = await start();
    await put(services, 'job', [now, 'a']);
    const { events } = await filter(services, {
      logGroupName: undefined,
      logGroupIdentifier: 'arn:aws:logs:us-east-1:000000000000:log-group:group',
    });
    expect(messagesOf(events)).toEqual(['a']);
  });

  it('goes on behind the last event of a page', async () => {
    await using services = await start();
    await put(services, 'job', [now - 3, 'a'], [now - 2, 'b'], [now - 1, 'c']);
    const { events, pageCount } = await filter(services, { limit: 2 });
    expect(messagesOf(events)).toEqual(['a', 'b', 'c']);
    expect(pageCount).toBe(2);
  });

  it('gives 1 MB at most in a page', async () => {
    await using services = await start();
    const message = 'x'.repeat(600_000);
    for (const age of [3, 2, 1]) await put(services, 'job', [now - age, message]);
    const { events, pageCount } = await filter(services);
    expect(events.length).toBe(3);
    expect(pageCount).toBe(3);
  });

  it('gives an event the same id each time', async () => {
    await using services = await start();
    await put(services, 'job', [now - 2, 'b']);
    const [before] = (await filter(services)).events;
    await put(services, 'job', [now - 3, 'a']);
    const [, after] = (await filter(services)).events;
    expect(after).toEqual(before);
  });

  it.each<[string, Partial<FilterLogEventsCommandInput>]>([
    ['filter-group', { logGroupIdentifier: 'group' }],
    ['filter-group', { logGroupName: undefined }],
    ['filter-streams', { logStreamNames: ['job'], logStreamNamePrefix: 'j' }],
    ['filter-range', { logStreamNames: [] }],
    ['filter-range', { logStreamNames: Array.from({ length: 101 }, () => 'job') }],
    ['filter-range', { limit: 0 }],
    ['filter-range', { limit: 10_001 }],
    ['filter-time', { startTime: -1 }],
    ['filter-time', { endTime: 0.5 }],
    ['next-token', { nextToken: 'never given' }],
  ])('refuses what breaks the rule %s', async (rule, input) => {
    await using services = await start();
    const command = new FilterLogEventsCommand({ logGroupName: 'group', ...input });
    const refusal = await refusalOf(clientOf(services).send(command));
    expect(refusal).toMatchObject({ name: 'InvalidParameterException', status: 400 });
    expect(services.violations).toMatchObject([{ rule }]);
  });

  it.each([
    ['group', { logGroupName: 'none' }],
    ['stream', { logStreamNames: ['none'] }],
  ])('does not find a %s that is not there', async (what, input) => {
    await using services = await start();
    const command = new FilterLogEventsCommand({ logGroupName: 'group', ...input });
    expect(await refusalOf(clientOf(services).send(command))).toMatchObject({
      name: 'ResourceNotFoundException',
      message: `The specified log ${what} does not exist.`,
    });
  });
});
