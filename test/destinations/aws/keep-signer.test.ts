import { FirehoseClient } from '@aws-sdk/client-firehose';
import { expect, it } from 'vitest';
import { keepSigner } from '../../../src/destinations/aws/keep-signer.ts';

function clientConfig() {
  const credentials = { accessKeyId: 'key', secretAccessKey: 'secret' };
  return new FirehoseClient({ region: 'eu-west-1', credentials }).config;
}

const scheme = {
  name: 'sigv4',
  signingName: 'firehose',
  signingRegion: 'eu-west-1',
  properties: {},
};

it('a client signs with the same signer as long as its scheme is the same', async () => {
  const config = clientConfig();
  expect(await config.signer(scheme)).not.toBe(await config.signer(scheme));
  keepSigner(config);
  const first = await config.signer(scheme);
  expect(await config.signer(scheme)).toBe(first);
  expect(await config.signer({ ...scheme, signingRegion: 'eu-west-2' })).not.toBe(first);
});

it('a signer is made anew after a minute', async () => {
  const config = clientConfig();
  let nowMillis = 1_000;
  keepSigner(config, { wallMillis: () => nowMillis });
  const first = await config.signer(scheme);
  nowMillis += 59_999;
  expect(await config.signer(scheme)).toBe(first);
  nowMillis += 1;
  expect(await config.signer(scheme)).not.toBe(first);
});

it.each([undefined, null, {}, { signer: 'none' }])('leaves %j as it is', (config) => {
  const before = structuredClone(config);
  keepSigner(config);
  expect(config).toEqual(before);
});
