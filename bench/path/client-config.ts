const CREDENTIALS = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'bench' };

interface ClientConfig {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: typeof CREDENTIALS;
}

/** Of the AWS clients, for a service on this machine. */
export function clientConfig(endpoint: string): ClientConfig {
  return { endpoint, region: 'us-east-1', credentials: CREDENTIALS };
}
