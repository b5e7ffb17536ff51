import type { FirehoseClient } from '@aws-sdk/client-firehose';
import type { Settings } from '../../settings/read-settings.ts';
import type { DestinationDoctor } from '../destination-doctor.ts';

/** What `doctor` knows of a destination of AWS. */
export interface AwsDestination
  extends Pick<DestinationDoctor, 'actionIn' | 'keyMend' | 'name' | 'rules' | 'targetOption'>,
    Required<Pick<DestinationDoctor, 'actions'>> {
  /** Imports the SDK and makes a client as the exporter makes its own. */
  readonly createClient: (config: object) => Promise<AwsClient>;
  /**
   * The SDK's variable for the address of this service
   * (https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html).
   */
  readonly endpointVariable: string;
  /** Options that hold an address themselves; the SDK sends there, whatever its own variables say. */
  readonly addressOptions?: readonly string[];
  /** What the body of a request names as its target, in words. */
  targetOf(body: Readonly<Record<string, unknown>>): string | undefined;
}

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

/** Makes a client by the settings, and closes it after use. */
export async function withAwsClient<T>(
  { createClient }: AwsDestination,
  { options }: Settings,
  use: (client: AwsClient) => Promise<T>,
): Promise<T> {
  const { clientConfig } = options;
  const config = typeof clientConfig === 'object' && clientConfig !== null ? clientConfig : {};
  const client = await createClient(config);
  try {
    return await use(client);
  } finally {
    client.destroy();
  }
}
