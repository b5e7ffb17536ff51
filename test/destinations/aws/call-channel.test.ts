import {
  FirehoseClient,
  PutRecordBatchCommand,
  type PutRecordBatchCommandOutput,
} from '@aws-sdk/client-firehose';
import { startLocalServices } from 'collectorless/testing';
import { expect, it } from 'vitest';
import { JsonBody } from '../../../src/destinations/aws/json-body.ts';
import { OwnBodyCalls } from '../../../src/destinations/aws/own-body-calls.ts';
import { ReusedMemory } from '../../../src/exporter/reused-memory.ts';

it('holds no signal of a call that is over, with which old handlers would keep its body', async () => {
  await using services = await startLocalServices();
  const client = new FirehoseClient({ ...services.clientConfig, maxAttempts: 1 });
  const shown: { readonly abortSignal: AbortSignal }[] = [];
  const calls = new OwnBodyCalls<PutRecordBatchCommandOutput>();
  const askIdentity = (): Promise<unknown> => client.config.credentials();
  for (let left = 2; left > 0; left -= 1) {
    const body = new JsonBody(new ReusedMemory(8 * 1024 * 1024), 1024).syntax(
      '{"DeliveryStreamName":"logs","Records":[{"Data":"dGV4dA=="}]}',
    );
    const { signal } = new AbortController();
    const call = { body, key: 'logs', signal };
    await calls.send({ askIdentity, isPrivate: true }, call, (use, options) => {
      shown.push(options);
      expect(options.abortSignal).toBe(signal);
      const command = new PutRecordBatchCommand({ DeliveryStreamName: 'logs', Records: [] });
      use(command.middlewareStack);
      return client.send(command, options);
    });
  }
  client.destroy();
  expect(services.firehose.records).toHaveLength(2);
  expect(shown).toHaveLength(1);
  expect(() => shown[0]?.abortSignal).toThrow('No call is under way');
});
