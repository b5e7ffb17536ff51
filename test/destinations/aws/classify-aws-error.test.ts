import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  awsErrorName,
  classifyAwsError,
} from '../../../src/destinations/aws/classify-aws-error.ts';
import { parseRetryAfter } from '../../../src/destinations/retry-after.ts';
import { MissingPackageError } from '../../../src/missing-package-error.ts';

function awsError(name: string, httpStatusCode?: number, headers: object = {}): Error {
  const error = Object.assign(new Error('message'), {
    $metadata: { httpStatusCode, requestId: 'r-1' },
    $response: { headers },
  });
  error.name = name;
  return error;
}

describe('a failed call', () => {
  it.each<[string, number | undefined]>([
    ['ThrottlingException', 400],
    ['ServiceUnavailableException', 503],
    ['InternalFailure', 500],
    ['Whatever', 599],
    ['ProvisionedThroughputExceededException', 400],
    ['Whatever', 408],
    ['Whatever', 429],
    ['Whatever', 301],
    ['SyntaxError', 200],
    ['TimeoutError', undefined],
    ['ExpiredTokenException', 400],
    ['ExpiredToken', 403],
    ['InvalidSignatureException', 403],
    ['RequestTimeTooSkewed', 403],
    ['CredentialsProviderError', undefined],
  ])('%s with the status %s passes with time', (name, status) => {
    expect(classifyAwsError(awsError(name, status), 0)).toMatchObject({
      status: 'retryable',
      error: { code: name, requestId: 'r-1' },
    });
  });

  it.each<[string, number, boolean]>([
    ['AccessDeniedException', 400, false],
    ['ResourceNotFoundException', 400, false],
    ['UnrecognizedClientException', 403, false],
    ['InvalidKMSResourceException', 400, false],
    ['InvalidArgumentException', 400, true],
    ['InvalidParameterException', 400, true],
    ['ValidationException', 400, true],
    ['SerializationException', 400, true],
    ['Whatever', 413, true],
  ])(
    '%s with the status %i is for good; one entry may be to blame: %s',
    (name, status, divisible) => {
      expect(classifyAwsError(awsError(name, status), 0)).toMatchObject({
        status: 'rejected',
        reason: 'rejected',
        divisible,
        error: { code: name, httpStatusCode: status },
      });
    },
  );

  it.each<[string, number, boolean]>([
    ['UnknownError', 401, true],
    ['UnknownError', 403, true],
    ['SyntaxError', 404, true],
    ['Unknown', 407, true],
    ['UnknownError', 413, false],
    ['UnknownError', 431, false],
    ['Whatever', 403, false],
  ])(
    'that has no name (%s) with the status %i is of somebody on the way: %s',
    (name, status, isMisconfigured) => {
      expect(classifyAwsError(awsError(name, status), 0)).toMatchObject({
        status: 'rejected',
        isMisconfigured,
      });
    },
  );

  it('for want of an address is for good: the set-up is wrong', () => {
    expect(classifyAwsError(awsError('EndpointError'), 0)).toMatchObject({
      status: 'rejected',
      reason: 'rejected',
      isMisconfigured: true,
      error: { code: 'EndpointError' },
    });
  });

  it('for want of a package is for good and says what to install', () => {
    const missing = new MissingPackageError('@aws-sdk/client-firehose', 'firehose');
    expect(classifyAwsError(missing, 0)).toEqual({
      status: 'rejected',
      reason: 'rejected',
      error: missing,
      isMisconfigured: true,
    });
    expect(missing.message).toContain('npm install @aws-sdk/client-firehose');
  });

  it('carries the wait that the service asks for', () => {
    const header = { 'retry-after': '7' };
    expect(classifyAwsError(awsError('SlowDown', 503, header), 0)).toMatchObject({
      retryAfterMillis: 7000,
    });
  });

  it.each([
    'Region is missing',
    'Region not accepted: region="" is not a valid hostname component.',
  ])('says where a region is set when there is none: %s', (message) => {
    expect(classifyAwsError(new Error(message), 0).error.message).toBe(
      'Region is missing: set `AWS_REGION` or `clientConfig.region`',
    );
  });

  it.each([
    [new Error('Region is missing'), true],
    [new Error('Resolved credential object is not valid'), true],
    [Object.assign(new TypeError('Invalid URL'), { code: 'ERR_INVALID_URL' }), true],
    [awsError('CredentialsProviderError'), true],
    [Object.assign(new Error('x'), { code: 'ECONNREFUSED' }), false],
    [awsError('TimeoutError'), false],
    [awsError('Error', 500), false],
    [awsError('ThrottlingException', 400), false],
  ])('%s may pass with time; it is the configuration: %s', (thrown, isMisconfigured) => {
    const { isMisconfigured: found = false, status } = {
      isMisconfigured: undefined,
      ...classifyAwsError(thrown, 0),
    };
    expect({ found, status }).toEqual({ found: isMisconfigured, status: 'retryable' });
  });

  it('has the name of the system error where there is one', () => {
    expect(awsErrorName(Object.assign(new Error('x'), { code: 'ECONNRESET' }))).toBe('ECONNRESET');
    expect(awsErrorName('thrown text')).toBe('UnknownError');
  });

  it('is classified whatever was thrown', () => {
    fc.assert(
      fc.property(fc.anything(), (thrown) => {
        expect(classifyAwsError(thrown, 0).error).toBeInstanceOf(Error);
      }),
    );
  });
});

describe('Retry-After', () => {
  const now = Date.UTC(2026, 10, 21, 12, 0, 0);

  it.each<[unknown, number | undefined]>([
    ['0', 0],
    ['120', 120_000],
    [' 1.5 ', 1500],
    ['Sat, 21 Nov 2026 12:01:00 GMT', 60_000],
    ['Sat, 21 Nov 2026 11:59:00 GMT', 0],
    ['soon', undefined],
    ['', undefined],
    [undefined, undefined],
    [5, undefined],
  ])('%j means %s ms', (header, millis) => {
    expect(parseRetryAfter(header, now)).toBe(millis);
  });

  it('as a date counts from the date of the answer, whatever our clock shows', () => {
    const answered = 'Sat, 21 Nov 2026 12:10:00 GMT';
    const wanted = 'Sat, 21 Nov 2026 12:10:02 GMT';
    expect(parseRetryAfter(wanted, now, answered)).toBe(2000);
    expect(parseRetryAfter(wanted, now, 'no date')).toBe(602_000);
    expect(parseRetryAfter('7', now, answered)).toBe(7000);
    const thrown = Object.assign(new Error('busy'), {
      name: 'SlowDown',
      $metadata: { httpStatusCode: 503 },
      $response: { headers: { date: answered, 'retry-after': wanted } },
    });
    expect(classifyAwsError(thrown, now)).toMatchObject({ retryAfterMillis: 2000 });
  });

  it('is never negative', () => {
    fc.assert(
      fc.property(fc.string(), (header) => {
        expect(parseRetryAfter(header, now) ?? 0).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
