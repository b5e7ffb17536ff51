import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** What a signature is checked against. */
export interface ExpectedSigner {
  readonly signingName: string;
  readonly region: string;
  /** Secret keys by access key id. */
  readonly secrets: ReadonlyMap<string, string>;
  /** The service's clock. */
  readonly nowMillis: number;
}

export interface SignedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Uint8Array;
}

export interface SignatureProblem {
  /** `wrong-key` and `clock` are no fault of the caller's code. */
  readonly rule: 'missing-authorization' | 'signature' | 'signature-scope' | 'wrong-key' | 'clock';
  readonly error: string;
  readonly message: string;
}

const authorizationPattern =
  /^AWS4-HMAC-SHA256 Credential=([^/,\s]+)\/(\d{8})\/([^/,\s]+)\/([^/,\s]+)\/aws4_request,\s*SignedHeaders=([a-z0-9;-]+),\s*Signature=([0-9a-f]{64})$/;
const maxClockDistanceMillis = 5 * 60_000;

/** The key id that a request claims to be signed with. */
export function accessKeyIdOf(headers: IncomingHttpHeaders): string | undefined {
  return /Credential=([^/,\s]+)\//.exec(headers.authorization ?? '')?.[1];
}

/**
 * Finds what is wrong with a Signature Version 4 request.
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function findSignatureProblem(
  request: SignedRequest,
  expected: ExpectedSigner,
): SignatureProblem | undefined {
  const { headers } = request;
  if (headers.authorization === undefined) {
    return {
      rule: 'missing-authorization',
      error: 'MissingAuthenticationTokenException',
      message: 'Missing Authentication Token',
    };
  }
  const match = authorizationPattern.exec(headers.authorization);
  if (match === null) {
    return {
      rule: 'signature',
      error: 'IncompleteSignatureException',
      message: 'Authorization header is not a complete AWS4-HMAC-SHA256 signature.',
    };
  }
  const [, accessKeyId = '', day = '', region = '', service = '', names = '', signature = ''] =
    match;
  const secret = expected.secrets.get(accessKeyId);
  if (secret === undefined) {
    return {
      rule: 'wrong-key',
      error: 'UnrecognizedClientException',
      message: 'The security token included in the request is invalid.',
    };
  }
  if (region !== expected.region) {
    return scopeProblem(`Credential should be scoped to a valid region, not '${region}'.`);
  }
  if (service !== expected.signingName) {
    return scopeProblem(`Credential should be scoped to correct service: '${service}'.`);
  }
  const signedAt = String(headers['x-amz-date'] ?? '');
  const signedAtMillis = parseAmzDate(signedAt);
  if (!(Math.abs(signedAtMillis - expected.nowMillis) <= maxClockDistanceMillis)) {
    const now = toAmzDate(expected.nowMillis);
    const word = signedAtMillis > expected.nowMillis ? 'not yet current' : 'expired';
    return {
      rule: 'clock',
      error: 'InvalidSignatureException',
      message: `Signature ${word}: ${signedAt} is too far from ${now}`,
    };
  }
  const unsigned = unsignedHeader(headers, names.split(';'));
  if (unsigned !== undefined) {
    return {
      rule: 'signature',
      error: 'InvalidSignatureException',
      message: `'${unsigned}' must be a 'SignedHeader' in the AWS Authorization.`,
    };
  }
  const key = signingKey(secret, day, region, service);
  const scope = `${day}/${region}/${service}/aws4_request`;
  const toSign = `AWS4-HMAC-SHA256\n${signedAt}\n${scope}\n${sha256(canonicalRequest(request, names))}`;
  const ours = createHmac('sha256', key).update(toSign).digest();
  if (timingSafeEqual(ours, Buffer.from(signature, 'hex'))) return undefined;
  return {
    rule: 'signature',
    error: 'InvalidSignatureException',
    message:
      'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method.',
  };
}

function scopeProblem(message: string): SignatureProblem {
  return { rule: 'signature-scope', error: 'InvalidSignatureException', message };
}

/** `host` and what AWS reads of the headers: whoever is in between could change it (the same page, "Canonical headers"). */
function unsignedHeader(
  headers: IncomingHttpHeaders,
  names: readonly string[],
): string | undefined {
  const needed = ['host', ...Object.keys(headers).filter((name) => name.startsWith('x-amz-'))];
  return needed.find((name) => !names.includes(name));
}

function canonicalRequest(request: SignedRequest, signedHeaders: string): string {
  const [path = '/', query = ''] = request.url.split('?');
  const headers = signedHeaders
    .split(';')
    .map(
      (name) =>
        `${name}:${String(request.headers[name] ?? '')
          .trim()
          .replaceAll(/ +/g, ' ')}\n`,
    )
    .join('');
  const sortedQuery = query.split('&').sort().join('&');
  const parts = [request.method, path, sortedQuery, headers, signedHeaders, sha256(request.body)];
  return parts.join('\n');
}

function signingKey(secret: string, day: string, region: string, service: string): Buffer {
  let key: string | Buffer = `AWS4${secret}`;
  for (const part of [day, region, service, 'aws4_request']) {
    key = createHmac('sha256', key).update(part).digest();
  }
  return Buffer.from(key);
}

const sha256 = (data: string | Uint8Array): string =>
  createHash('sha256').update(data).digest('hex');

function parseAmzDate(text: string): number {
  return Date.parse(
    text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'),
  );
}

const toAmzDate = (millis: number): string =>
  new Date(millis).toISOString().replaceAll(/[-:]|\.\d+/g, '');
