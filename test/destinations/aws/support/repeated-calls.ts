import {
  FirehoseClient,
  type FirehoseClientConfig,
  type PutRecordBatchCommandOutput,
} from '@aws-sdk/client-firehose';
import {
  type LocalServices,
  type LocalServicesOptions,
  startLocalServices,
} from 'collectorless/testing';
import { expect } from 'vitest';
import type { OnResponse } from '../../../../src/destinations/aws/call-middleware.ts';
import { JsonBody } from '../../../../src/destinations/aws/json-body.ts';
import { LazyAwsClient } from '../../../../src/destinations/aws/lazy-aws-client.ts';
import { OwnBodyCalls } from '../../../../src/destinations/aws/own-body-calls.ts';
import { ReusedMemory } from '../../../../src/exporter/reused-memory.ts';
import { FakeRuntime } from '../../../support/fake-runtime.ts';

export interface RepeatedCalls {
  readonly services: LocalServices;
  readonly buffers: ReusedMemory;
  /** By which an earlier call grows old. */
  readonly clock: FakeRuntime;
  /** Makes one call with one record. */
  call(text?: string, options?: CallOptions): Promise<PutRecordBatchCommandOutput>;
  /** Calls that went through all of the SDK. */
  wholeWays(): number;
  /** The records that were stored, in their order. */
  stored(): string[];
  destroy(): void;
}

interface CallOptions {
  readonly signal?: AbortSignal;
  readonly key?: string;
  readonly onResponse?: OnResponse<PutRecordBatchCommandOutput>;
}

/** Makes calls one by one through a client of our own, against services of its own. */
export async function withRepeatedCalls(
  config: FirehoseClientConfig,
  test: (calls: RepeatedCalls) => Promise<void>,
  servicesOptions: LocalServicesOptions = {},
): Promise<void> {
  await using services = await startLocalServices(servicesOptions);
  const lazy = new LazyAwsClient({
    options: { clientConfig: { ...services.clientConfig, ...config } },
    destinationName: 'firehose',
    packageName: '@aws-sdk/client-firehose',
    load: () => import('@aws-sdk/client-firehose'),
    create: (_sdk, defaults, clientConfig) => new FirehoseClient({ ...defaults, ...clientConfig }),
  });
  const clock = new FakeRuntime();
  clock.wallStartMillis = Date.now();
  const calls = new OwnBodyCalls<PutRecordBatchCommandOutput>(clock);
  const buffers = new ReusedMemory(8 * 1024 * 1024);
  let wholeWays = 0;
  try {
    await test({
      services,
      buffers,
      clock,
      async call(text = 'text', options = {}) {
        const { key = 'logs', signal = new AbortController().signal, onResponse } = options;
        const ready = await lazy.get();
        const body = new JsonBody(buffers, 1024)
          .syntax('{"DeliveryStreamName":"logs","Records":[{"Data":')
          .base64(Buffer.from(text))
          .syntax('}]}');
        return calls.send(ready, { body, key, signal, onResponse }, (use, sendOptions) => {
          wholeWays += 1;
          const input = { DeliveryStreamName: 'logs', Records: [] };
          const command = new ready.sdk.PutRecordBatchCommand(input);
          use(command.middlewareStack);
          return ready.client.send(command, sendOptions);
        });
      },
      wholeWays: () => wholeWays,
      stored: () => services.firehose.records.map(({ data }) => Buffer.from(data).toString()),
      destroy: () => lazy.close(),
    });
    expect(services.violations).toEqual([]);
  } finally {
    lazy.close();
  }
}
