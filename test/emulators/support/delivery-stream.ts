import { randomUUID } from 'node:crypto';
import { CreateDeliveryStreamCommand, FirehoseClient } from '@aws-sdk/client-firehose';
import { Child } from './child.ts';
import type { EmulatorClientConfig } from './client-config.ts';
import { environment, pythonScript } from './environment.ts';

export interface DeliveryStream {
  readonly name: string;
  /** What boto3 finds in the stream's bucket, oldest object first. */
  objects(): Promise<Buffer[]>;
}

/** A delivery stream of an emulator that writes to a bucket of its own. */
export async function createDeliveryStream(config: EmulatorClientConfig): Promise<DeliveryStream> {
  const bucket = `logs-${randomUUID()}`;
  const name = `stream-${randomUUID()}`;
  await s3(config, 'create', bucket);
  const client = new FirehoseClient(config);
  try {
    const destination = {
      BucketARN: `arn:aws:s3:::${bucket}`,
      RoleARN: 'arn:aws:iam::123456789012:role/firehose',
    };
    await client.send(
      new CreateDeliveryStreamCommand({
        DeliveryStreamName: name,
        DeliveryStreamType: 'DirectPut',
        ExtendedS3DestinationConfiguration: destination,
      }),
    );
  } finally {
    client.destroy();
  }
  return {
    name,
    async objects() {
      const lines = await s3(config, 'read', bucket);
      return lines.map((line) => Buffer.from(line, 'base64'));
    },
  };
}

function s3(config: EmulatorClientConfig, action: string, bucket: string): Promise<string[]> {
  const env = {
    AWS_ACCESS_KEY_ID: config.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: config.credentials.secretAccessKey,
    AWS_DEFAULT_REGION: config.region,
    AWS_EC2_METADATA_DISABLED: 'true',
  };
  const args = [pythonScript('s3'), config.endpoint, action, bucket];
  return new Child(environment.python, args, env).run();
}
