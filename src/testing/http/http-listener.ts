import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { AwsError } from '../aws/aws-error.ts';
import type { RecordedRequest } from '../aws/aws-service.ts';
import { faultError } from '../aws/fault-error.ts';
import { RuleCheck } from '../aws/rule-check.ts';
import type { Fault } from '../faults/fault.ts';
import type { FaultPlan } from '../faults/fault-plan.ts';
import { receiveBody } from '../receive-body.ts';
import { flawOf, sendAnswer, type WireAnswer } from '../send-answer.ts';
import type { Violation } from '../violations.ts';
import { readHttpBody } from './check-http-request.ts';
import type { LocalHttp, ReceivedHttpRequest } from './local-http.ts';

/** What the receiver shares with the rest of the local services. */
export interface HttpListenerParts {
  readonly store: LocalHttp;
  readonly plan: FaultPlan;
  readonly violations: Violation[];
  readonly requests: RecordedRequest[];
  readonly strict: boolean;
  readonly latencyMillis: number;
  readonly now: () => number;
  readonly signal: AbortSignal;
}

/** Takes any request and answers as scripted. */
export function httpListener(parts: HttpListenerParts): RequestListener {
  return (request, response) => {
    receiveBody(request)
      .then((body) => serve(parts, request, response, body))
      // The client or the test went away in the middle: there is nobody left to tell.
      .catch(() => response.destroy());
  };
}

async function serve(
  parts: HttpListenerParts,
  request: IncomingMessage,
  response: ServerResponse,
  wireBody: Buffer,
): Promise<void> {
  const { method = 'GET', headers } = request;
  const address = new URL(request.url ?? '/', 'http://127.0.0.1');
  const target = address.pathname;
  const check = new RuleCheck('http', method, parts.strict, parts.violations);
  const fault = parts.plan.next({ service: 'http', operation: method, target, headers });
  const arrived = {
    method,
    path: target,
    query: address.searchParams,
    headers,
    wireBytes: wireBody.length,
    receivedAtMillis: parts.now(),
  };
  const { body, answer } = judge(parts, arrived, wireBody, fault, check);
  const isLost = fault?.kind === 'reset-before-accept' || (fault?.kind === 'hang' && !fault.accept);
  const isAnswered = !isLost && fault?.kind !== 'reset-after-accept' && fault?.kind !== 'hang';
  const accepted = !isLost && answer.status >= 200 && answer.status < 300;
  const status = isAnswered ? answer.status : undefined;
  parts.store.store({ ...arrived, body, status, accepted });
  parts.requests.push({
    service: 'http',
    operation: method,
    target,
    bytes: wireBody.length,
    entries: 1,
    status,
    ...(fault === undefined ? {} : { fault: fault.kind }),
    receivedAtMillis: arrived.receivedAtMillis,
  });
  const delayMillis =
    parts.latencyMillis + (fault?.kind === 'delay' ? Math.max(0, fault.durationMillis) : 0);
  if (delayMillis > 0) await wait(delayMillis, undefined, { signal: parts.signal });
  if (fault?.kind === 'hang') return;
  if (isAnswered) await sendAnswer(response, answer, flawOf(fault), parts.signal);
  else request.socket.resetAndDestroy();
}

function judge(
  parts: HttpListenerParts,
  arrived: Omit<ReceivedHttpRequest, 'status' | 'accepted' | 'body'>,
  wireBody: Buffer,
  fault: Fault | undefined,
  check: RuleCheck,
): { readonly body: Buffer; readonly answer: WireAnswer } {
  let body = wireBody;
  try {
    const injected = fault && faultError(fault, httpFaultNames);
    if (injected !== undefined) throw statusOf(injected);
    body = readHttpBody(wireBody, arrived.headers, parts.store, check);
    const scripted = parts.store.nextAnswer({ ...arrived, body });
    const { status = 200, headers = {}, body: text = '' } = scripted ?? {};
    return { body, answer: { status, headers, body: text } };
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    const text = fault?.kind === 'error' ? (fault.body ?? error.message) : error.message;
    return { body, answer: { status: error.status, headers: error.headers, body: text } };
  }
}

const httpFaultNames = {
  throttle: ['429', 'Too Many Requests'],
  unavailable: '503',
  internal: '500',
  expired: '401',
  notFound: ['404', 'Not Found'],
} as const;

// An AWS service tells these by name under 400; HTTP has a status for each.
function statusOf(error: AwsError): AwsError {
  const status = /^\d{3}$/.test(error.code) ? Number(error.code) : error.status;
  return new AwsError(error.code, error.message, status, error.headers);
}
