import { randomUUID } from 'node:crypto';
import {
  CreateDeliveryStreamCommand,
  FirehoseClient,
  PutRecordBatchCommand,
} from '@aws-sdk/client-firehose';
import type { EmulatorClientConfig } from '../support/client-config.ts';
import { createDeliveryStream } from '../support/delivery-stream.ts';
import { ACCEPTED, answerOf, type Probe } from './probe.ts';

/** By the rule's name in docs/emulators.md. */
export const firehoseProbes: Readonly<Record<string, Probe>> = {
  'no such delivery stream': (config) => put(config, 'nowhere', [1]),
  'no record': putNew([]),
  '501 records': putNew(Array.from({ length: 501 }, () => 1)),
  'a record of 1,024,001 B': putNew([1, 1_024_001]),
  'a call of more than 4 MiB': putNew([1_000_000, 1_000_000, 1_000_000, 1_000_000, 500_000]),
  'a bucket that is not there': async (config) => {
    const name = `stream-${randomUUID()}`;
    const client = new FirehoseClient(config);
    const destination = {
      BucketARN: `arn:aws:s3:::${randomUUID()}`,
      RoleARN: 'arn:aws:iam::123456789012:role/firehose',
    };
    await client.send(
      new CreateDeliveryStreamCommand({
        DeliveryStreamName: name,
        ExtendedS3DestinationConfiguration: destination,
      }),
    );
    client.destroy();
    return put(config, name, [1]);
  },
};

function putNew(sizes: readonly number[]): Probe {
  return async (config) => put(config, (await createDeliveryStream(config)).name, sizes);
}

async function put(
  config: EmulatorClientConfig,
  name: string,
  sizes: readonly number[],
): Promise<string> {
  const client = new FirehoseClient({ ...config, maxAttempts: 1 });
  try {
    return await answerOf(
      client.send(
        new PutRecordBatchCommand({
          DeliveryStreamName: name,
          Records: sizes.map((size) => ({ Data: Buffer.alloc(size, 'x') })),
        }),
      ),
      ({ FailedPutCount: failed, RequestResponses: responses = [] }) => {
        const codes = responses.flatMap(({ ErrorCode: code }) =>
          code === undefined ? [] : [code],
        );
        return failed === 0 ? ACCEPTED : `record: ${[...new Set(codes)].join()}`;
      },
    );
  } finally {
    client.destroy();
  }
}
