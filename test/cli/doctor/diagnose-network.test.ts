import { describe, expect, it } from 'vitest';
import { regionOfHost, similarRegion } from '../../../src/cli/doctor/diagnosis/aws-region.ts';
import type { Failure } from '../../../src/cli/doctor/diagnosis/diagnosis.ts';
import { aws, causeOf, diagnose, local, web } from './support/causes.ts';

describe('the cause of an error of the network', () => {
  it.each<[string, Failure]>([
    ['unknown_host', local('ENOTFOUND')],
    ['unknown_host', local('EAI_AGAIN')],
    ['connection_refused', local('ECONNREFUSED')],
    ['connection_timeout', local('ETIMEDOUT')],
    ['connection_timeout', local('EHOSTUNREACH')],
    ['connection_timeout', local('UND_ERR_CONNECT_TIMEOUT')],
    ['connection_timeout', local('TimeoutError', 'connect ETIMEDOUT 10.0.0.1:443')],
    ['connection_reset', local('ECONNRESET')],
    ['connection_reset', local('UND_ERR_SOCKET', 'other side closed')],
    ['connection_reset', local('TimeoutError', 'socket hang up')],
    ['connection_reset', local('TimeoutError', 'read ECONNRESET')],
    ['tls_untrusted', local('SELF_SIGNED_CERT_IN_CHAIN')],
    ['tls_untrusted', local('UNABLE_TO_VERIFY_LEAF_SIGNATURE')],
    ['tls_expired', local('CERT_HAS_EXPIRED')],
    ['clock_skew', local('CERT_NOT_YET_VALID')],
    ['tls_hostname', local('ERR_TLS_CERT_ALTNAME_INVALID')],
    ['tls_to_plain_server', local('EPROTO', 'SSL routines:wrong version number:')],
    ['tls_to_plain_server', local('ERR_SSL_WRONG_VERSION_NUMBER', 'wrong version number')],
    ['tls_to_plain_server', local('ERR_SSL_PACKET_LENGTH_TOO_LONG', 'packet length too long')],
    ['tls_failure', local('ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'certificate required')],
    ['no_answer', { ...local('Error', 'No answer within 999 ms'), reason: 'timeout' }],
  ])('is %s for %j', (cause, failure) => {
    expect(causeOf('http', failure, web)).toBe(cause);
    expect(causeOf('sqs', failure, aws)).toBe(cause);
  });

  it('is a proxy that is not used when the variables name one', () => {
    const facts = { ...web, proxyVariables: ['HTTPS_PROXY', 'ALL_PROXY'] };
    for (const code of ['ENOTFOUND', 'ECONNREFUSED', 'ETIMEDOUT']) {
      expect(diagnose('http', local(code), facts)).toMatchObject({
        cause: 'proxy_not_used',
        sentence: expect.stringContaining('HTTPS_PROXY and ALL_PROXY are set'),
      });
    }
  });

  it('is a slip in the region when the host has one', () => {
    const facts = { ...aws, origin: 'https://sqs.eu-wst-1.amazonaws.com', region: 'eu-wst-1' };
    expect(diagnose('sqs', local('ENOTFOUND'), facts)).toEqual({
      cause: 'invalid_region',
      sentence: 'There is no host sqs.eu-wst-1.amazonaws.com: the region eu-wst-1 does not exist.',
      mend: 'Set AWS_REGION to the right region; eu-west-1 has a similar name.',
    });
  });

  it('is plain text to a TLS port when that port speaks TLS', () => {
    const facts = { ...web, origin: 'http://logs.example:443', speaksTls: true };
    for (const failure of [local('ECONNRESET'), local('400', 'HTTP 400')]) {
      const withStatus = failure.code === '400' ? { ...failure, httpStatusCode: 400 } : failure;
      expect(causeOf('http', withStatus, facts)).toBe('plain_to_tls_server');
    }
  });
});

describe('the region of a host', () => {
  it.each([
    ['sqs.eu-west-1.amazonaws.com', 'eu-west-1'],
    ['firehose-fips.us-gov-west-1.amazonaws.com', 'us-gov-west-1'],
    ['logs.cn-north-1.amazonaws.com.cn', 'cn-north-1'],
    ['sqs.eu-west-1.api.aws', 'eu-west-1'],
    ['vpce-1a.sqs.eu-west-1.vpce.amazonaws.com', 'eu-west-1'],
    ['eu-west-1.queue.amazonaws.com', 'eu-west-1'],
    ['localhost', undefined],
    ['sqs.eu-west-1.amazonaws.com.evil.example', undefined],
  ])('%s is %s', (host, region) => {
    expect(regionOfHost(host)).toBe(region);
  });

  it('that does not exist has one with a similar name', () => {
    expect(similarRegion('eu-cental-1')).toBe('eu-central-1');
    expect(similarRegion('eu-central-1')).toBeUndefined();
    expect(similarRegion('local')).toBeUndefined();
  });
});
