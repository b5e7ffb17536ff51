import { KinesisClient } from '@aws-sdk/client-kinesis';
import { expect, it } from 'vitest';
import { createUnrefAgents } from '../../../src/destinations/aws/unref-agent.ts';
import { Http1Handler } from '../../../src/destinations/kinesis/http1-handler.ts';
import { VERSION } from '../../../src/version.ts';
import { records } from '../aws/support/aws-run.ts';
import { withKinesis } from './support/with-kinesis.ts';

/** The handler of our own clients, and what is asked of it. */
class WatchedHandler extends Http1Handler {
  readonly userAgents: unknown[] = [];
  destroyed = 0;

  constructor() {
    super(createUnrefAgents());
  }

  override handle(...args: Parameters<Http1Handler['handle']>): ReturnType<Http1Handler['handle']> {
    this.userAgents.push(args[0].headers['user-agent']);
    return super.handle(...args);
  }

  override destroy(): void {
    this.destroyed += 1;
    super.destroy();
  }
}

it('makes one attempt a request with a client of its own, names itself, and closes it', async () => {
  const requestHandler = new WatchedHandler();
  await withKinesis(
    ({ clientConfig }) => ({ clientConfig: { ...clientConfig, requestHandler } }),
    async ({ exporter, send, services }) => {
      services.setFaults([{ kind: 'internal-error', times: 2 }]);
      expect(await send(records(1))).toBe(0);
      expect(requestHandler.userAgents).toHaveLength(3);
      expect(exporter.stats().requests).toBe(3);
      expect(requestHandler.userAgents[0]).toContain(`collectorless/${VERSION}`);
      expect(requestHandler.destroyed).toBe(0);
    },
  );
  expect(requestHandler.destroyed).toBe(1);
});

it('uses a ready client as it is, and does not close it', async () => {
  const requestHandler = new WatchedHandler();
  let client: KinesisClient | undefined;
  await withKinesis(
    ({ clientConfig }) => {
      client = new KinesisClient({ ...clientConfig, requestHandler, maxAttempts: 3 });
      return { client };
    },
    async ({ exporter, send, services }) => {
      services.setFaults([{ kind: 'reset-before-accept', times: 2 }]);
      expect(await send(records(1))).toBe(0);
      expect(exporter.stats().requests).toBe(1);
      await exporter.shutdown();
      expect(requestHandler.destroyed).toBe(0);
    },
  );
  client?.destroy();
});

it('ends an attempt that is never answered', async () => {
  await withKinesis({ timeoutMillis: 300 }, async ({ drops, send, services }) => {
    services.setFaults([{ kind: 'hang' }]);
    expect(await send(records(1))).toBe(1);
    expect(drops).toMatchObject([{ reason: 'timeout', count: 1 }]);
  });
});

it('reads an answer that dribbles', async () => {
  await withKinesis({}, async ({ calls, send, services }) => {
    services.setFaults([{ kind: 'slow-body', durationMillis: 100 }]);
    expect(await send(records(2))).toBe(0);
    expect(calls()).toHaveLength(1);
  });
});
