import { onTestFinished, vi } from 'vitest';
import {
  type LocalServices,
  type LocalServicesOptions,
  startLocalServices,
} from '../../../../src/testing/index.ts';

/** Starts the local services and lets the AWS SDK find them by its variables, until the test ends. */
export async function stubAws(options: LocalServicesOptions = {}): Promise<LocalServices> {
  const services = await startLocalServices(options);
  const { credentials, endpoint, region } = services.clientConfig;
  vi.stubEnv('AWS_ENDPOINT_URL', endpoint);
  vi.stubEnv('AWS_REGION', region);
  vi.stubEnv('AWS_ACCESS_KEY_ID', credentials.accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', credentials.secretAccessKey);
  onTestFinished(async () => {
    vi.unstubAllEnvs();
    await services.close();
  });
  return services;
}
