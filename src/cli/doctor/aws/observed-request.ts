/** A request of an AWS client and what was answered. */
export interface ObservedRequest {
  readonly origin: string;
  /** `PutLogEvents` */
  readonly operation: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly answer?: {
    readonly mediaType: string | undefined;
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
