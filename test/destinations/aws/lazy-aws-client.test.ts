import { describe, expect, it } from 'vitest';
import { LazyAwsClient } from '../../../src/destinations/aws/lazy-aws-client.ts';

class Client {
  destroy(): void {}
  send(): void {}
}

function createLazy(load: () => Promise<object>): LazyAwsClient<object, Client, object> {
  return new LazyAwsClient({
    options: {},
    destinationName: 'firehose',
    packageName: '@aws-sdk/client-firehose',
    load,
    create: () => new Client(),
  });
}

describe('the AWS SDK', () => {
  it('is imported before the first request, and not by the constructor', async () => {
    let imports = 0;
    createLazy(async () => {
      imports += 1;
      return {};
    });
    expect(imports).toBe(0);
    await expect.poll(() => imports).toBe(1);
  });

  it('that is not there is told to each request', async () => {
    let imports = 0;
    const lazy = createLazy(() => {
      imports += 1;
      return Promise.reject(new Error('Cannot find package'));
    });
    await expect.poll(() => imports).toBe(1);
    const missing = { code: 'ERR_MISSING_PACKAGE', cause: { message: 'Cannot find package' } };
    await expect(lazy.get()).rejects.toMatchObject(missing);
    await expect(lazy.get()).rejects.toMatchObject(missing);
  });

  it('that is waited for does not keep the process', () => {
    const before = process.getActiveResourcesInfo();
    createLazy(() => new Promise(() => {}));
    expect(process.getActiveResourcesInfo()).toEqual(before);
  });
});

describe('the memory of the bodies of a client of our own', () => {
  const isPrivateWith = async (clientConfig: object): Promise<boolean> => {
    const lazy = new LazyAwsClient({
      options: { clientConfig },
      destinationName: 'firehose',
      packageName: '@aws-sdk/client-firehose',
      load: async () => ({}),
      create: () => new Client(),
    });
    return (await lazy.get()).isPrivate;
  };

  it('may be used again with options for what sends', async () => {
    expect(await isPrivateWith({ requestHandler: { requestTimeout: 1 }, region: 'x' })).toBe(true);
  });

  it.each([
    ['sends', { requestHandler: { handle: () => {} } }],
    ['signs', { signer: { sign: () => {} } }],
    ['is added', { extensions: [] }],
  ])("is not used again when what %s is the user's", async (_, config) => {
    expect(await isPrivateWith(config)).toBe(false);
  });
});
