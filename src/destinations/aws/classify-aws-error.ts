import { codeOf } from '../../code-of.ts';
import { MissingPackageError } from '../../missing-package-error.ts';
import { objectProperty } from '../../object-property.ts';
import type { SendOutcome } from '../../send/send-outcome.ts';
import { ServiceError } from '../../service-error.ts';
import { parseRetryAfter } from '../retry-after.ts';
import { errorCode } from './error-code.ts';

/**
 * Error names that pass with time although the status is 400. Expired credentials and a wrong clock heal
 * when the provider refreshes or the SDK corrects its offset, so they are worth waiting for
 * (https://docs.aws.amazon.com/general/latest/gr/api-retries.html and each service's "Common errors").
 */
const PASSING_ERRORS: ReadonlySet<string> = new Set([
  'Throttling',
  'ThrottlingException',
  'ThrottledException',
  'TooManyRequestsException',
  'RequestThrottled',
  'RequestThrottledException',
  'RequestLimitExceeded',
  'SlowDown',
  'LimitExceededException',
  // Kinesis: the shards have no room left (API_PutRecords, Errors).
  'ProvisionedThroughputExceededException',
  'ServiceUnavailable',
  'ServiceUnavailableException',
  'InternalError',
  'InternalFailure',
  'InternalServerError',
  'InternalServerException',
  'KmsThrottled',
  'KMSThrottlingException',
  'OperationAbortedException',
  'ExpiredToken',
  'ExpiredTokenException',
  'RequestExpired',
  'RequestTimeTooSkewed',
  'RequestTimeout',
  'RequestTimeoutException',
  'InvalidSignatureException',
  'SignatureDoesNotMatch',
  'CredentialsProviderError',
  'TokenProviderError',
]);

/** Names of refusals that one bad entry can bring on all its neighbours. */
const ENTRY_ERRORS: ReadonlySet<string> = new Set([
  'InvalidArgumentException',
  'InvalidParameterException',
  'SerializationException',
  'ValidationException',
]);

/** Refusals of the account, the key or the target: no request would be taken, whatever is in it. */
const SETUP_ERRORS: ReadonlySet<string> = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'UnrecognizedClientException',
  'InvalidClientTokenId',
  'InvalidAccessKeyId',
  'MissingAuthenticationToken',
  'MissingAuthenticationTokenException',
  'IncompleteSignature',
  'IncompleteSignatureException',
  'NotAuthorized',
  'OptInRequired',
  'SubscriptionRequiredException',
  'ResourceNotFoundException',
  'KMSAccessDeniedException',
  'KMSDisabledException',
  'KMSInvalidStateException',
  'KMSNotFoundException',
  'KMSOptInRequired',
  'KmsAccessDenied',
  'KmsDisabled',
  'KmsInvalidKeyUsage',
  'KmsInvalidState',
  'KmsNotFound',
  'KmsOptInRequired',
  'InvalidKMSResourceException',
  // Of the SDK itself, before any request: there is no address for this region, partition or ARN.
  'EndpointError',
]);

/** What the SDK throws for a refusal that names no error, or is no JSON. */
const NAMELESS: ReadonlySet<string> = new Set(['Unknown', 'UnknownError', 'SyntaxError']);

/** A system code, not a name of a service: the connection broke in the middle of an answer. */
const BROKEN_ANSWER = /^E[A-Z]{3,}$/u;

export type AwsFailure = Extract<SendOutcome, { status: 'retryable' | 'rejected' }> & {
  readonly error: Error;
};

/** True for the name of an error that passes with time, of a call or of one of its entries. */
export function isPassingErrorName(name: string): boolean {
  return PASSING_ERRORS.has(name);
}

/** What a failed call to AWS means for the records in it. */
export function classifyAwsError(thrown: unknown, wallMillis: number): AwsFailure {
  if (thrown instanceof MissingPackageError) {
    return { status: 'rejected', reason: 'rejected', error: thrown, isMisconfigured: true };
  }
  const error = toServiceError(thrown);
  const { code, httpStatusCode } = error;
  const isPassing = isPassingErrorName(code) || isPassingStatus(code, httpStatusCode);
  if (!isPassing) {
    const divisible = ENTRY_ERRORS.has(code) || httpStatusCode === 413;
    const isMisconfigured = SETUP_ERRORS.has(code) || isOfOthers(code, httpStatusCode);
    return { status: 'rejected', reason: 'rejected', error, divisible, isMisconfigured };
  }
  const retryAfterMillis = parseRetryAfter(
    answerHeader(thrown, 'retry-after'),
    wallMillis,
    answerHeader(thrown, 'date'),
  );
  return {
    status: 'retryable',
    error,
    ...(retryAfterMillis === undefined ? {} : { retryAfterMillis }),
    ...(isMisconfiguration(thrown, error) ? { isMisconfigured: true } : {}),
  };
}

function isPassingStatus(code: string, httpStatusCode: number | undefined): boolean {
  // No status at all: the network, or an answer that could not be read.
  if (httpStatusCode === undefined) return code !== 'EndpointError';
  return (
    // A refusal that broke off may have been one that passes.
    BROKEN_ANSWER.test(code) ||
    // AWS's JSON protocols put nearly every refusal under 400: one without its name may be one that passes, too
    // (https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html, "Operation error serialization").
    (httpStatusCode === 400 && NAMELESS.has(code)) ||
    httpStatusCode < 400 ||
    httpStatusCode === 408 ||
    httpStatusCode === 429 ||
    httpStatusCode >= 500
  );
}

/**
 * A refusal without a name is one of a proxy or a firewall on the way, and of the address or the key: unless it is of the
 * size of the request.
 */
function isOfOthers(code: string, httpStatusCode: number | undefined): boolean {
  return NAMELESS.has(code) && httpStatusCode !== 413 && httpStatusCode !== 431;
}

/**
 * The SDK refused its own configuration before any request: no region, one that is none, no credentials, an
 * endpoint that is no address. What fails on the way has a status, or a code or name of its own.
 */
function isMisconfiguration(thrown: unknown, { code, httpStatusCode }: ServiceError): boolean {
  if (httpStatusCode !== undefined || thrown instanceof ServiceError) return false;
  return /^(?:Error|TypeError|ERR_INVALID_\w+|CredentialsProviderError|TokenProviderError)$/u.test(
    code,
  );
}

/** The service's name for the error, without what some protocols put around it. */
export function awsErrorName(thrown: unknown): string {
  if (!(thrown instanceof Error)) return 'UnknownError';
  // A system code such as ECONNRESET tells more than the name `Error` that comes with it.
  const systemCode = thrown.name === 'Error' ? codeOf(thrown) : undefined;
  return errorCode(systemCode ?? thrown.name);
}

function toServiceError(thrown: unknown): ServiceError {
  if (thrown instanceof ServiceError) return thrown;
  const metadata = objectProperty(thrown, '$metadata');
  const status = objectProperty(metadata, 'httpStatusCode');
  const requestId = objectProperty(metadata, 'requestId');
  return new ServiceError(messageOf(thrown), {
    code: awsErrorName(thrown),
    httpStatusCode: typeof status === 'number' ? status : undefined,
    requestId: typeof requestId === 'string' ? requestId : undefined,
  });
}

const MISSING_REGION = 'Region is missing';
/** What the SDK says of a variable that is set to nothing, as by `AWS_REGION=$REGION`. */
const EMPTY_REGION = /^Region not accepted: region=""/u;

/** The SDK does not say where a region is set. */
function messageOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return 'Unknown error';
  const { message } = thrown;
  return message === MISSING_REGION || EMPTY_REGION.test(message)
    ? `${MISSING_REGION}: set \`AWS_REGION\` or \`clientConfig.region\``
    : message;
}

function answerHeader(thrown: unknown, name: string): unknown {
  return objectProperty(objectProperty(objectProperty(thrown, '$response'), 'headers'), name);
}
