/** What the command line says of a client; the rest is in the environment and files that the SDK reads. */
export interface AwsClientOptions {
  readonly region?: string | undefined;
  readonly endpoint?: string | undefined;
}

/** The configuration of a client that only reads. */
export interface AwsClientConfig {
  readonly maxAttempts: number;
  readonly region?: string;
  readonly endpoint?: string;
}

const MAX_ATTEMPTS = 4;

export function awsClientConfig({ endpoint, region }: AwsClientOptions): AwsClientConfig {
  return {
    maxAttempts: MAX_ATTEMPTS,
    ...(region === undefined ? {} : { region }),
    ...(endpoint === undefined ? {} : { endpoint }),
  };
}
