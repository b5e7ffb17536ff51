import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DESTINATION_NAMES } from '../../../src/cli/destinations.ts';
import type { Failure } from '../../../src/cli/doctor/diagnosis/diagnosis.ts';
import { aws, awsError, causeOf, diagnose, local, web } from './support/causes.ts';

describe('the cause of an error of AWS', () => {
  it.each<[string, string, Failure]>([
    ['missing_permission', 'AccessDeniedException', awsError('AccessDeniedException')],
    ['missing_permission', 'AccessDenied', awsError('AccessDenied', '', 403)],
    ['missing_target', 'ResourceNotFoundException', awsError('ResourceNotFoundException')],
    ['missing_target', 'QueueDoesNotExist', awsError('QueueDoesNotExist')],
    [
      'missing_target',
      'the older name of a missing queue',
      awsError('AWS.SimpleQueueService.NonExistentQueue'),
    ],
    ['unknown_access_key', 'UnrecognizedClientException', awsError('UnrecognizedClientException')],
    ['unknown_access_key', 'InvalidClientTokenId', awsError('InvalidClientTokenId', '', 403)],
    ['wrong_secret_key', 'SignatureDoesNotMatch', awsError('SignatureDoesNotMatch', '', 403)],
    ['wrong_secret_key', 'InvalidSignatureException', awsError('InvalidSignatureException')],
    [
      'wrong_region',
      'the scope of a signature',
      awsError(
        'InvalidSignatureException',
        "Credential should be scoped to a valid region, not 'eu-west-1'.",
      ),
    ],
    [
      'clock_skew',
      'an old signature',
      awsError('InvalidSignatureException', 'Signature expired: 20261121T1 is earlier than 2'),
    ],
    [
      'clock_skew',
      'a signature of the future',
      awsError('SignatureDoesNotMatch', 'Signature not yet current: 20261121T1 is later than 2'),
    ],
    ['clock_skew', 'RequestTimeTooSkewed', awsError('RequestTimeTooSkewed', '', 403)],
    ['clock_skew', 'RequestExpired', awsError('RequestExpired')],
    ['expired_credentials', 'ExpiredToken', awsError('ExpiredToken', '', 403)],
    ['expired_credentials', 'ExpiredTokenException', awsError('ExpiredTokenException')],
    ['throttled', 'ThrottlingException', awsError('ThrottlingException', 'Rate exceeded')],
    ['throttled', 'RequestThrottled', awsError('RequestThrottled', '', 403)],
    ['throttled', 'KmsThrottled', awsError('KmsThrottled')],
    ['kms_key', 'KmsAccessDenied', awsError('KmsAccessDenied')],
    ['kms_key', 'KmsDisabled', awsError('KmsDisabled')],
    ['kms_key', 'InvalidKMSResourceException', awsError('InvalidKMSResourceException')],
    [
      'kms_key',
      'a key that a log group may not use',
      awsError(
        'AccessDeniedException',
        'The specified KMS key does not exist or is not allowed to be used with Arn x',
      ),
    ],
    [
      'kms_key',
      'an action on the key',
      awsError('AccessDenied', 'User: u is not authorized to perform: kms:GenerateDataKey on x'),
    ],
    ['service_unavailable', 'InternalFailure', awsError('InternalFailure', '', 500)],
    ['service_unavailable', '503', awsError('ServiceUnavailableException', '', 503)],
    ['wrong_endpoint', 'a page', awsError('SyntaxError', 'Unexpected token <', 200)],
    ['wrong_endpoint', 'an unknown operation', awsError('UnknownOperationException', '', 404)],
    ['proxy_authentication', '407', awsError('SyntaxError', 'Unexpected token <', 407)],
    ['redirected', '302', awsError('SyntaxError', 'Unexpected token <', 302)],
    ['rejected_record', 'InvalidSourceException', awsError('InvalidSourceException')],
    ['rejected_record', 'InvalidParameterException', awsError('InvalidParameterException', 'x')],
    ['missing_region', 'no region', local('Error', 'Region is missing')],
    [
      'invalid_region',
      'a region that is none',
      local('Error', 'Region not accepted: region="…" is not a valid hostname component.'),
    ],
    [
      'missing_credentials',
      'no credentials',
      local('CredentialsProviderError', 'Could not load credentials from any providers'),
    ],
    [
      'missing_credentials',
      'a profile that is not there',
      local(
        'CredentialsProviderError',
        'Could not resolve credentials using profile: [x] in configuration/credentials file(s).',
      ),
    ],
    [
      'expired_credentials',
      'a session that has ended',
      local(
        'CredentialsProviderError',
        'The SSO session associated with this profile has expired. To refresh this SSO session run aws sso login',
      ),
    ],
    [
      'missing_package',
      'no SDK',
      local('ERR_MISSING_PACKAGE', 'Cannot import `@aws-sdk/client-sqs`'),
    ],
    ['unknown', 'anything else', local('SomethingNew', 'never seen')],
  ])('is %s for %s', (cause, _what, failure) => {
    expect(causeOf('sqs', failure, aws)).toBe(cause);
  });

  it('is the clock when it is off, whatever the message says', () => {
    const facts = { ...aws, clockOffsetMillis: -600_000 };
    expect(diagnose('sqs', awsError('InvalidSignatureException', 'no'), facts)).toMatchObject({
      cause: 'clock_skew',
      sentence: expect.stringContaining('10 minutes ahead'),
    });
  });

  it('is the region when the host is of another one', () => {
    const failure = awsError('SignatureDoesNotMatch');
    expect(diagnose('sqs', failure, { ...aws, region: 'us-east-1' })).toMatchObject({
      cause: 'wrong_region',
      mend: 'Set AWS_REGION to eu-west-1, or correct AWS_ENDPOINT_URL.',
    });
  });

  it('is the clock when the service finds a record of now too new', () => {
    const failure: Failure = {
      code: 'too_new',
      message: '',
      httpStatusCode: 200,
      reason: 'too_new',
    };
    expect(causeOf('cloudwatch-logs', failure, aws)).toBe('clock_skew');
  });

  it.each<[string, string, string]>([
    [
      'User: x is not authorized to perform: sqs:sendmessage on resource: arn:aws:sqs:a because no identity-based policy allows the sqs:sendmessage action',
      'These credentials may not call sqs:SendMessage on arn:aws:sqs:a.',
      'Allow sqs:SendMessage to the user or role',
    ],
    [
      'User: x is not authorized to perform: sqs:SendMessage on resource: arn:aws:sqs:a with an explicit deny in a service control policy',
      'These credentials may not call sqs:SendMessage on arn:aws:sqs:a: a service control policy denies it.',
      'Take sqs:SendMessage out of that policy',
    ],
    [
      'User: x is not authorized to perform: sqs:SendMessage on resource: arn:aws:sqs:a because no VPC endpoint policy allows the sqs:SendMessage action',
      'These credentials may not call sqs:SendMessage on arn:aws:sqs:a.',
      'Allow sqs:SendMessage in the VPC endpoint policy as well',
    ],
    [
      'User with accountId: 123456789012 is not authorized to perform CreateLogGroup with Tags',
      'These credentials may not call logs:TagResource on the queue `logs`.',
      'Allow logs:TagResource to the user or role',
    ],
    ['', 'These credentials may not call sqs:SendMessage on the queue `logs`.', 'Allow'],
  ])('names what the policy has to allow: %s', (message, sentence, mend) => {
    const name = message.includes('LogGroup') ? 'cloudwatch-logs' : 'sqs';
    const diagnosis = diagnose(name, awsError('AccessDenied', message, 403), aws);
    expect(diagnosis).toMatchObject({ sentence, mend: expect.stringContaining(mend) });
  });

  it('names the target that is missing, where it was looked for, and its variable', () => {
    expect(diagnose('sqs', awsError('QueueDoesNotExist'), aws)).toEqual({
      cause: 'missing_target',
      sentence: 'The queue `logs` does not exist in eu-west-1 in the account of these credentials.',
      mend: 'Create it, correct OTEL_EXPORTER_SQS_QUEUE_NAME, or set AWS_REGION if it is in another region than eu-west-1.',
    });
  });

  it('names the option that forbids to create what is missing', () => {
    const message =
      'The log group does not exist, and `createLogGroup: false` forbids to create it';
    const failure = awsError('ResourceNotFoundException', message);
    expect(diagnose('cloudwatch-logs', failure, aws).mend).toContain(
      'leave out OTEL_EXPORTER_CLOUDWATCH_LOGS_CREATE_LOG_GROUP',
    );
  });
});

it('knows a shard that is full', () => {
  const failure = awsError('ProvisionedThroughputExceededException');
  expect(diagnose('kinesis', failure, { target: 'the data stream `logs`' })).toMatchObject({
    cause: 'throttled',
    sentence: expect.stringMatching(/^The data stream `logs` takes no more records at the moment/u),
  });
});

it('knows an ARN of another region or partition than the client', () => {
  const target = 'the data stream `arn:aws:kinesis:eu-west-1:123456789012:stream/logs`';
  const facts = { target, region: 'us-east-1' };
  expect(diagnose('kinesis', awsError('ResourceNotFoundException'), facts)).toMatchObject({
    cause: 'wrong_region',
    sentence: expect.stringContaining(
      'of the region eu-west-1, and requests go to the region us-east-1',
    ),
  });
  const ofSdk = local(
    'EndpointError',
    "Partition: aws from ARN doesn't match with partition name: aws-cn",
  );
  expect(diagnose('kinesis', ofSdk, { region: 'cn-north-1' })).toMatchObject({
    cause: 'wrong_region',
    sentence: expect.stringContaining('partition aws, and requests go to the partition aws-cn'),
  });
  expect(diagnose('kinesis', local('EndpointError', 'Invalid ARN'), {}).cause).toBe(
    'invalid_configuration',
  );
});

it('always finds a cause, a sentence and a mend, whatever the failure is', () => {
  const failures = fc.record({
    code: fc.string(),
    message: fc.string(),
    httpStatusCode: fc.option(fc.integer({ min: 100, max: 599 }), { nil: undefined }),
  });
  fc.assert(
    fc.property(
      fc.constantFrom(...DESTINATION_NAMES),
      failures,
      fc.constantFrom(aws, web, {}),
      (name, failure, facts) => {
        const { cause, mend, sentence } = diagnose(name, failure, facts);
        expect([cause, sentence, mend].every((text) => text !== '')).toBe(true);
        expect(sentence + mend).not.toContain('undefined');
      },
    ),
  );
});
