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

const SERVICES = { 'cloudwatch-logs': 'logs', firehose: 'firehose', sqs: 'sqs' } as const;

/** The action of IAM that a call needs. */
export function actionOf(name: keyof typeof SERVICES, operation: string): string {
  // Batches have no action of their own.
  return `${SERVICES[name]}:${operation === 'SendMessageBatch' ? 'SendMessage' : operation}`;
}

/** What a request names as its target, in words. */
export function targetOf({ body }: ObservedRequest): string | undefined {
  const { DeliveryStreamName, QueueName, QueueUrl, logGroupName, logStreamName } = body;
  if (typeof DeliveryStreamName === 'string')
    return `the delivery stream \`${DeliveryStreamName}\``;
  if (typeof QueueName === 'string') return `the queue \`${QueueName}\``;
  if (typeof QueueUrl === 'string') return `the queue \`${QueueUrl}\``;
  if (typeof logGroupName !== 'string') return undefined;
  const stream = typeof logStreamName === 'string' ? `, log stream \`${logStreamName}\`` : '';
  return `the log group \`${logGroupName}\`${stream}`;
}
