import type { CloudWatchLogsClientConfig } from '@aws-sdk/client-cloudwatch-logs';
import type { FirehoseClient, FirehoseClientConfig } from '@aws-sdk/client-firehose';
import type { SQSClientConfig } from '@aws-sdk/client-sqs';
import type { DestinationName } from '../../../setup/environment/destination-variables.ts';
import type { Settings } from '../../settings/read-settings.ts';

export type AwsDestinationName = Exclude<DestinationName, 'http' | 'zeromq'>;

/** What all clients of the AWS SDK have. */
export interface AwsClient {
  readonly config: {
    region(): Promise<string>;
    credentials(): Promise<AwsIdentity>;
    readonly requestHandler: FirehoseClient['config']['requestHandler'];
  };
  destroy(): void;
}

export interface AwsIdentity {
  readonly accessKeyId: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}

/** Imports the SDK and makes a client as the exporter makes its own. */
const CREATE_CLIENT: Readonly<Record<AwsDestinationName, (config: object) => Promise<AwsClient>>> =
  {
    'cloudwatch-logs': async (config: CloudWatchLogsClientConfig) =>
      new (await import('@aws-sdk/client-cloudwatch-logs')).CloudWatchLogsClient(config),
    firehose: async (config: FirehoseClientConfig) =>
      new (await import('@aws-sdk/client-firehose')).FirehoseClient(config),
    sqs: async (config: SQSClientConfig) =>
      new (await import('@aws-sdk/client-sqs')).SQSClient(config),
  };

/** Makes a client by the settings, and closes it after use. */
export async function withAwsClient<T>(
  name: AwsDestinationName,
  { options }: Settings,
  use: (client: AwsClient) => Promise<T>,
): Promise<T> {
  const { clientConfig } = options;
  const config = typeof clientConfig === 'object' && clientConfig !== null ? clientConfig : {};
  const client = await CREATE_CLIENT[name](config);
  try {
    return await use(client);
  } finally {
    client.destroy();
  }
}
