import { FirehoseClient, type FirehoseClientConfig } from '@aws-sdk/client-firehose';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { identityOf } from '../../../src/destinations/aws/identity-of.ts';

const credentials = { accessKeyId: 'key', secretAccessKey: 'secret' };
const parts = { protocol: 'http:', hostname: '127.0.0.1', path: '/' };
const plain: FirehoseClientConfig = { region: 'eu-west-1', credentials };

function fail(): never {
  throw new Error('no names');
}

/** True when calls of a client with these options may be repeated. */
async function repeats(options: FirehoseClientConfig): Promise<boolean> {
  const client = new FirehoseClient({ maxAttempts: 1, ...options });
  return (await identityOf(client, options)) !== undefined;
}

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('calls of a client', () => {
  it.each<[string, FirehoseClientConfig]>([
    ['an address', { ...plain, endpoint: 'http://127.0.0.1:1' }],
    ['a provider of credentials', { ...plain, credentials: async () => credentials }],
    ['options for its connections', { ...plain, requestHandler: { requestTimeout: 1 } }],
    ['switches', { ...plain, useFipsEndpoint: true, useDualstackEndpoint: true }],
    ['a name of its own', { ...plain, customUserAgent: 'shop' }],
  ])('with %s may be repeated', async (_what, options) => {
    expect(await repeats(options)).toBe(true);
  });

  it.each<[string, FirehoseClientConfig]>([
    ['an address that is asked for', { ...plain, endpoint: async () => parts }],
    ['a region that is asked for', { ...plain, region: async () => 'eu-west-1' }],
    ['a switch that is asked for', { ...plain, useFipsEndpoint: async () => true }],
    ['a logger', { ...plain, logger: console }],
    ['a name that is asked for', { ...plain, userAgentAppId: async () => 'shop' }],
    ['retries of another kind', { ...plain, retryMode: 'adaptive' }],
    ['an option of a later version', Object.assign({ ...plain }, { later: 1 })],
  ])('with %s are not repeated', async (_what, options) => {
    expect(await repeats(options)).toBe(false);
  });

  it.each([
    ['AWS_RETRY_MODE', 'adaptive'],
    ['AWS_LAMBDA_FUNCTION_NAME', 'shop'],
  ])('are not repeated with %s=%s in the environment', async (name, value) => {
    vi.stubEnv(name, value);
    expect(await repeats(plain)).toBe(false);
  });

  const built = {
    config: {
      credentials: async () => credentials,
      retryStrategy: async () => ({ mode: 'standard' }),
    },
    middlewareStack: { identify: () => ['httpSigningMiddleware (a.k.a. x) - finalizeRequest'] },
  };

  it.each<[string, unknown]>([
    ['not there', undefined],
    ['without parts', {}],
    ['without credentials', { ...built, config: { ...built.config, credentials: undefined } }],
    ['without retries', { ...built, config: { credentials: built.config.credentials } }],
    [
      'without settled retries',
      {
        ...built,
        config: { ...built.config, retryStrategy: () => Promise.reject(new Error('no mode')) },
      },
    ],
    [
      'without steps that tell their names',
      { ...built, middlewareStack: { identify: () => fail() } },
    ],
    ['without known steps', { ...built, middlewareStack: { identify: () => ['signing'] } }],
    ['without steps', { ...built, middlewareStack: {} }],
  ])('that is %s are not repeated', async (_what, client) => {
    expect(await identityOf(built, {})).toBeTypeOf('function');
    expect(await identityOf(client, {})).toBeUndefined();
  });

  it('are for the credentials that the SDK has now', async () => {
    const client = new FirehoseClient(plain);
    const askIdentity = await identityOf(client, plain);
    expect(await askIdentity?.()).toBe(await client.config.credentials());
  });
});
