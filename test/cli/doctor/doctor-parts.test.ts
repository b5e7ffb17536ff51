import { describe, expect, it } from 'vitest';
import { describeCredentials } from '../../../src/cli/doctor/aws/describe-credentials.ts';
import { withinMillis } from '../../../src/cli/doctor/aws/within-millis.ts';
import { clockOffsetOf } from '../../../src/cli/doctor/clock-check.ts';
import { installedVersion } from '../../../src/cli/doctor/installed-package.ts';
import { proxyVariablesFor } from '../../../src/cli/doctor/network/proxy-variables.ts';
import { variableOf } from '../../../src/cli/settings/variable-of.ts';
import type { DestinationName } from '../../../src/destinations/manifests.ts';
import { DESTINATION_VARIABLES } from '../../support/destination-variables.ts';
import { doctors } from '../support/doctors.ts';

describe('proxy variables', () => {
  const proxy = 'http://proxy.example:3128';
  it.each<[string, Record<string, string>, readonly string[]]>([
    ['https://logs.example', { HTTPS_PROXY: proxy, HTTP_PROXY: proxy }, ['HTTPS_PROXY']],
    ['http://logs.example', { HTTPS_PROXY: proxy, http_proxy: proxy }, ['http_proxy']],
    ['https://logs.example', { all_proxy: proxy }, ['all_proxy']],
    ['https://logs.example', { HTTPS_PROXY: '' }, []],
    ['https://logs.example', { HTTPS_PROXY: proxy, NO_PROXY: '*' }, []],
    ['https://logs.example', { HTTPS_PROXY: proxy, no_proxy: 'a.b, .example' }, []],
    ['https://a.logs.example', { HTTPS_PROXY: proxy, NO_PROXY: 'logs.example' }, []],
    ['https://logs.example:8443', { HTTPS_PROXY: proxy, NO_PROXY: 'logs.example:8443' }, []],
    ['https://xlogs.example', { HTTPS_PROXY: proxy, NO_PROXY: 'logs.example' }, ['HTTPS_PROXY']],
    ['http://127.0.0.1:4566', { HTTP_PROXY: proxy }, []],
    ['http://localhost:4566', { HTTP_PROXY: proxy }, []],
    ['tcp://logs.example:5010', { HTTP_PROXY: proxy }, []],
    ['no address', { HTTP_PROXY: proxy }, []],
  ])('for %s of %j are %j', (origin, environment, names) => {
    expect(proxyVariablesFor(origin, environment)).toEqual(names);
  });
});

describe('credentials', () => {
  const now = Date.UTC(2026, 10, 21);
  it('are described by their source, the ends of their key and their end', () => {
    const identity = {
      accessKeyId: 'ASIA1234567890ABCDEF',
      secretAccessKey: 'secret',
      sessionToken: 'token',
      expiration: new Date(now + 30 * 60_000),
      $source: { CREDENTIALS_PROFILE: 'n', CREDENTIALS_STS_ASSUME_ROLE: 'i' },
    };
    expect(describeCredentials(identity, now)).toBe(
      'a role that was assumed, access key ASIA…CDEF, with a session token, valid for 30 minutes',
    );
  });

  it('with a short key show nothing of it', () => {
    expect(describeCredentials({ accessKeyId: 'short-key' }, now)).toBe(
      'the AWS SDK, access key …',
    );
  });

  it('that take too long count as not there', async () => {
    await expect(withinMillis(new Promise(() => {}), 1)).rejects.toMatchObject({
      name: 'CredentialsProviderError',
    });
    await expect(withinMillis(Promise.resolve('there'), 60_000)).resolves.toBe('there');
  });
});

describe('the clock of a service', () => {
  it.each([
    ['Sat, 21 Nov 2026 00:10:00 GMT', 600_000],
    ['Fri, 20 Nov 2026 23:59:00 GMT', -60_000],
    ['soon', undefined],
    [undefined, undefined],
  ])('that says %j is %s ms off', (date, offsetMillis) => {
    expect(clockOffsetOf(date, Date.UTC(2026, 10, 21))).toBe(offsetMillis);
  });
});

describe('a package', () => {
  it.each(['@aws-sdk/client-sqs', 'zeromq', '@opentelemetry/api', '@opentelemetry/sdk-logs'])(
    '%s has a version when it is installed',
    (name) => {
      expect(installedVersion(name)).toMatch(/^\d+\.\d+\.\d+/u);
    },
  );

  it('that is not installed has none', () => {
    expect(installedVersion('no-such-package')).toBeUndefined();
  });
});

describe('variables', () => {
  const names = Object.keys(DESTINATION_VARIABLES) as DestinationName[];

  it.each(names)('of %s are found by option', (name) => {
    for (const variable of DESTINATION_VARIABLES[name].variables) {
      expect(variableOf(name, variable.option)).toBe(variable.name);
    }
  });

  it.each<[Record<string, string>, string]>([
    [{}, 'AWS_REGION'],
    [{ OTEL_EXPORTER_SQS_CLIENT_CONFIG_REGION: 'r' }, 'OTEL_EXPORTER_SQS_CLIENT_CONFIG_REGION'],
    [{ AWS_ENDPOINT_URL: 'u' }, 'AWS_ENDPOINT_URL'],
    [{ AWS_ENDPOINT_URL: 'u', AWS_ENDPOINT_URL_SQS: 'u' }, 'AWS_ENDPOINT_URL_SQS'],
    [{ AWS_ENDPOINT_URL: 'u', OTEL_EXPORTER_SQS_QUEUE_URL: 'u' }, 'OTEL_EXPORTER_SQS_QUEUE_URL'],
  ])('%j decide the address of sqs: %s', (environment, name) => {
    expect(doctors.sqs.addressVariable(environment)).toBe(name);
  });
});
