import * as sdk from '@aws-sdk/client-cloudwatch-logs';
import { type LocalServices, startLocalServices } from 'collectorless/testing';
import { expect, it, onTestFinished } from 'vitest';
import {
  type CloudWatchLogsCall,
  LogTargetCreator,
} from '../../../src/destinations/cloudwatch-logs/log-target-creator.ts';
import { FakeRuntime } from '../../support/fake-runtime.ts';

interface CreatorRun {
  readonly creator: LogTargetCreator;
  readonly clock: FakeRuntime;
  readonly services: LocalServices;
  readonly call: CloudWatchLogsCall;
  /** Calls that came to the service. */
  count(operation: string): number;
}

/** A creator whose groups are kept for a week, with a service that has none. */
async function startCreator(): Promise<CreatorRun> {
  const services = await startLocalServices({ cloudWatchLogs: { groups: {} } });
  const client = new sdk.CloudWatchLogsClient({ ...services.clientConfig, maxAttempts: 1 });
  onTestFinished(async () => {
    client.destroy();
    await services.close();
  });
  const clock = new FakeRuntime();
  const creator = new LogTargetCreator(
    {
      createLogGroup: true,
      createLogStream: true,
      retentionInDays: 7,
      groupSettings: {},
      onRefusedRetention(error) {
        throw error;
      },
    },
    clock,
  );
  const { signal } = new AbortController();
  const call = { sdk, client, signal, isPrivate: true, askIdentity: undefined };
  const count = (operation: string): number =>
    services.requests.filter((request) => request.operation === operation).length;
  return { creator, clock, services, call, count };
}

it('a target waits a second for a retention that hangs, and is there then', async () => {
  const { call, clock, count, creator, services } = await startCreator();
  services.setFaults([{ kind: 'hang', operation: 'PutRetentionPolicy' }]);
  const creating = creator.create('group', 'stream', call);
  await expect.poll(() => clock.pendingTimers).toEqual([1_000, 10_000]);
  await clock.advance(999);
  expect(count('CreateLogStream')).toBe(1);
  await clock.advance(1);
  await creating;
  expect(services.cloudWatchLogs.groups.get('group')?.streams.has('stream')).toBe(true);
});

it('a retention that hangs is given up after ten seconds, and set with the next request', async () => {
  const { call, clock, count, creator, services } = await startCreator();
  services.setFaults([{ kind: 'hang', operation: 'PutRetentionPolicy', times: 1 }]);
  const creating = creator.create('group', 'stream', call);
  await expect.poll(() => clock.pendingTimers).toContain(1_000);
  await clock.advance(1_000);
  await creating;
  const isHanging = creator.catchUpRetention('group', call);
  expect(count('PutRetentionPolicy')).toBe(1);
  await clock.advance(9_000);
  await isHanging;
  await creator.catchUpRetention('group', call);
  expect(count('PutRetentionPolicy')).toBe(2);
  expect(services.cloudWatchLogs.groups.get('group')?.retentionInDays).toBe(7);
  expect(clock.pendingTimers).toEqual([]);
});
