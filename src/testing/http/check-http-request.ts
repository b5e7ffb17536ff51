import type { IncomingHttpHeaders } from 'node:http';
import { AwsError } from '../aws/aws-error.ts';
import type { RuleCheck } from '../aws/rule-check.ts';
import { decompress } from './decompress.ts';
import type { LocalHttp } from './local-http.ts';

/** The body without its compression; throws what the receiver answers. */
export function readHttpBody(
  wireBody: Buffer,
  headers: IncomingHttpHeaders,
  store: LocalHttp,
  check: RuleCheck,
): Buffer {
  assertHeaders(headers, store);
  const encoding = headers['content-encoding'] ?? '';
  const body = decompress(wireBody, encoding);
  if (body === undefined) {
    const message = `The body is not ${encoding}.`;
    check.refuseCall({ rule: 'content-encoding', error: 'Bad Request', message, status: 400 });
    return wireBody;
  }
  const limit = store.maxRequestBytes ?? Number.POSITIVE_INFINITY;
  if (body.length > limit) {
    const message = `The body has ${body.length} bytes, ${limit} are allowed.`;
    const sizes = { limit, actual: body.length };
    check.refuseCall({
      rule: 'request-bytes',
      error: 'Content Too Large',
      message,
      status: 413,
      ...sizes,
    });
  }
  checkContent(body, headers['content-type'], check);
  return body;
}

function assertHeaders(headers: IncomingHttpHeaders, store: LocalHttp): void {
  for (const [name, expected] of Object.entries(store.requiredHeaders)) {
    const value = String(headers[name.toLowerCase()] ?? '');
    const fits = typeof expected === 'string' ? value === expected : expected.test(value);
    if (!fits) throw new AwsError('Unauthorized', `The header ${name} is missing or wrong.`, 401);
  }
}

function checkContent(body: Buffer, contentType: string | undefined, check: RuleCheck): void {
  if (body.length === 0) return;
  if (contentType === undefined) {
    const message = 'A body needs a content-type.';
    check.refuseCall({
      rule: 'content-type',
      error: 'Unsupported Media Type',
      message,
      status: 415,
    });
  }
  const problem = findJsonProblem(body, contentType ?? '');
  if (problem === undefined) return;
  check.refuseCall({ rule: 'body-json', error: 'Bad Request', message: problem, status: 400 });
}

function findJsonProblem(body: Buffer, contentType: string): string | undefined {
  const isLines = /^application\/(x-)?(ndjson|jsonlines?)\b/i.test(contentType);
  if (!isLines && !/^application\/json\b/i.test(contentType)) return undefined;
  const text = body.toString('utf8');
  const pieces = isLines ? text.split('\n').filter((line) => line !== '') : [text];
  try {
    for (const piece of pieces) JSON.parse(piece);
    return undefined;
  } catch {
    return `The body is not what its type ${contentType} says.`;
  }
}
