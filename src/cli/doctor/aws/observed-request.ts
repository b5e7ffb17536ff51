/** A request of an AWS client and what was answered. */
export interface ObservedRequest {
  readonly origin: string;
  /** `PutLogEvents` */
  readonly operation: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly answer?: {
    readonly status: number;
    readonly mediaType: string | undefined;
    /** It has a mark of AWS: a request id, or the media type of the protocol. */
    readonly isOfService: boolean;
    readonly clockOffsetMillis: number | undefined;
  };
}

interface HttpRequestParts {
  readonly protocol: string;
  readonly hostname: string;
  readonly port?: number | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export function observe(request: HttpRequestParts): ObservedRequest {
  const { headers, hostname, port, protocol } = request;
  const origin = `${protocol}//${hostname}${port === undefined ? '' : `:${port}`}`;
  const operation = headers['x-amz-target']?.split('.')[1] ?? '';
  return { origin, operation, body: bodyOf(request.body) };
}

function bodyOf(body: unknown): ObservedRequest['body'] {
  const text = body instanceof Uint8Array ? new TextDecoder().decode(body) : body;
  try {
    const value: unknown = JSON.parse(String(text));
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

/**
 * True for answers that an AWS service can have sent: by a request id, or by the media type
 * (https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html).
 */
export function isAwsAnswer(headers: Readonly<Record<string, string>>): boolean {
  return (
    ['x-amzn-requestid', 'x-amz-request-id'].some((name) => Object.hasOwn(headers, name)) ||
    /^application\/x-amz-json-1\.[01]\b/u.test(headers['content-type'] ?? '')
  );
}
