import { isUtf8 } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { Fault, FaultCall } from '../faults/fault.ts';
import type { FaultPlan } from '../faults/fault-plan.ts';
import { receiveBody } from '../receive-body.ts';
import { flawOf, sendAnswer, type WireAnswer } from '../send-answer.ts';
import type { Violation } from '../violations.ts';
import { AwsError } from './aws-error.ts';
import type { AwsCall } from './aws-operation.ts';
import type { AwsService, RecordedRequest } from './aws-service.ts';
import { faultError } from './fault-error.ts';
import type { RateLimits } from './rate-limits.ts';
import { RuleCheck } from './rule-check.ts';
import { accessKeyIdOf, findSignatureProblem } from './signature.ts';

/** What the server shares with the rest of the local services. */
export interface AwsJsonServerParts {
  readonly services: readonly AwsService[];
  readonly plan: FaultPlan;
  readonly violations: Violation[];
  readonly requests: RecordedRequest[];
  readonly strict: boolean;
  readonly region: string;
  readonly secrets: ReadonlyMap<string, string>;
  readonly latencyMillis: number;
  readonly rates: RateLimits;
  readonly now: () => number;
  /** Aborted when the services close. */
  readonly signal: AbortSignal;
}

interface Exchange {
  readonly service: AwsService;
  readonly operation: string;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly body: Buffer;
}

/** No answer means that the connection is reset or hangs. */
interface CarriedOut {
  readonly answer?: WireAnswer;
  readonly fault?: Fault;
  readonly error?: string;
}

/**
 * Speaks the AWS JSON protocols 1.0 and 1.1: the operation in `x-amz-target`, errors by `__type`.
 *
 * https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html
 */
export function awsJsonListener(parts: AwsJsonServerParts): RequestListener {
  return (request, response) => {
    receiveBody(request)
      .then((body) => answerRequest(parts, request, response, body))
      // The client or the test went away in the middle: there is nobody left to tell.
      .catch(() => response.destroy());
  };
}

async function answerRequest(
  parts: AwsJsonServerParts,
  request: IncomingMessage,
  response: ServerResponse,
  body: Buffer,
): Promise<void> {
  const [prefix = '', operation = ''] = String(request.headers['x-amz-target'] ?? '').split('.');
  const service = parts.services.find(({ targetPrefix }) => targetPrefix === prefix);
  if (service === undefined) {
    const error = new AwsError('UnknownOperationException', `No service for "${prefix}".`, 404);
    await sendAnswer(response, errorAnswer(error), undefined, parts.signal);
    return;
  }
  await serve(parts, { service, operation, request, response, body });
}

async function serve(parts: AwsJsonServerParts, exchange: Exchange): Promise<void> {
  const { service, operation, request, response, body } = exchange;
  const check = new RuleCheck(service.name, operation, parts.strict, parts.violations);
  const input = parseJson(body);
  const call = service.operations.get(operation)?.(input);
  const faultCall = describeCall(exchange, input, call);
  const clockOffsetMillis = parts.plan.clockOffsetMillis(faultCall);
  const result = await carryOut();
  const { fault } = result;

  parts.requests.push({
    service: service.name,
    operation,
    target: faultCall.target,
    bytes: body.length,
    entries: call?.entryCount ?? 0,
    status: result.answer?.status,
    ...(result.error === undefined ? {} : { error: result.error }),
    ...(fault === undefined ? {} : { fault: fault.kind }),
    receivedAtMillis: parts.now(),
  });
  const delayMillis =
    parts.latencyMillis + (fault?.kind === 'delay' ? Math.max(0, fault.durationMillis) : 0);
  if (delayMillis > 0) await wait(delayMillis, undefined, { signal: parts.signal });
  if (fault?.kind === 'hang') return;
  if (result.answer === undefined) {
    request.socket.resetAndDestroy();
    return;
  }
  await sendAnswer(response, result.answer, flawOf(fault), parts.signal);

  async function carryOut(): Promise<CarriedOut> {
    let fault: Fault | undefined;
    try {
      assertSigned(parts, exchange, check, clockOffsetMillis);
      fault = parts.plan.next(faultCall);
      if (fault?.kind === 'reset-before-accept') return { fault };
      if (fault?.kind === 'hang' && fault.accept !== true) return { fault };
      if (fault?.kind === 'stream-deleted') {
        service.deleteTarget(faultCall.target, fault.what ?? 'stream');
      }
      const injected = fault && faultError(fault, service.faultNames);
      if (injected !== undefined) throw injected;
      if (call === undefined) throw new AwsError('UnknownOperationException', '');
      assertWithinRate(parts, service, operation);
      assertReadable(body, input, check);
      const entryFails =
        fault?.kind === 'partial-failure' ? parts.plan.entryFails(fault) : () => false;
      const nowMillis = parts.now();
      const output = await call.run({ check, nowMillis, fault, entryFails, signal: parts.signal });
      if (fault?.kind === 'reset-after-accept') return { fault };
      return { answer: toAnswer(200, output), ...(fault === undefined ? {} : { fault }) };
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      if (fault?.kind === 'reset-after-accept') return { fault };
      const override = fault?.kind === 'error' ? fault.body : undefined;
      const answer = override === undefined ? refusal(error) : rawAnswer(error, override);
      return { answer, error: error.code, ...(fault === undefined ? {} : { fault }) };
    }
  }

  function refusal(error: AwsError): WireAnswer {
    const type = service.errorType?.(error.code) ?? error.code;
    const headers = { ...service.errorHeaders?.(error.code, error.status), ...error.headers };
    return toAnswer(error.status, { __type: type, message: error.message }, headers);
  }

  function toAnswer(status: number, output: object, more: Record<string, string> = {}): WireAnswer {
    const headers = {
      'content-type': `application/x-amz-json-${service.jsonVersion}`,
      'x-amzn-requestid': randomUUID(),
      date: new Date(Date.now() + clockOffsetMillis).toUTCString(),
      ...more,
    };
    return { status, headers, body: JSON.stringify(output) };
  }
}

function assertSigned(
  parts: AwsJsonServerParts,
  exchange: Exchange,
  check: RuleCheck,
  clockOffsetMillis: number,
): void {
  const { request, service, body } = exchange;
  const { method = '', url = '/', headers } = request;
  const contentType = `application/x-amz-json-${service.jsonVersion}`;
  if (method !== 'POST' || headers['content-type'] !== contentType) {
    const message = `Send a POST with the content type ${contentType}.`;
    check.refuseCall({ rule: 'protocol', error: 'SerializationException', message });
  }
  const problem = findSignatureProblem(
    { method, url, headers, body },
    {
      signingName: service.signingName,
      region: parts.region,
      secrets: parts.secrets,
      // Signatures are dated by the real clock: `now` only moves the age of what is stored.
      nowMillis: Date.now() + clockOffsetMillis,
    },
  );
  if (problem === undefined) return;
  if (problem.rule === 'wrong-key' || problem.rule === 'clock') {
    if (parts.strict || clockOffsetMillis !== 0) throw new AwsError(problem.error, problem.message);
    return;
  }
  check.refuseCall(problem);
}

function assertWithinRate(parts: AwsJsonServerParts, service: AwsService, operation: string): void {
  const limit = service.callsPerSecond?.[operation] ?? Number.POSITIVE_INFINITY;
  const key = `${service.name}.${operation}`;
  if (!parts.rates.take(key, 1, limit, parts.now()))
    throw new AwsError(...service.faultNames.throttle);
}

function assertReadable(body: Buffer, input: unknown, check: RuleCheck): void {
  const error = 'SerializationException';
  if (!isUtf8(body)) {
    const message = 'The body is not UTF-8.';
    check.refuseCall({ rule: 'body-utf8', error, message });
  }
  if (input !== undefined) return;
  const message = 'The body is not JSON.';
  check.refuseCall({ rule: 'body-json', error, message });
  throw new AwsError(error, message);
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}

function describeCall(exchange: Exchange, input: unknown, call: AwsCall | undefined): FaultCall {
  const accessKeyId = accessKeyIdOf(exchange.request.headers);
  return {
    service: exchange.service.name,
    operation: exchange.operation,
    target: call?.target ?? '',
    input,
    headers: exchange.request.headers,
    ...(accessKeyId === undefined ? {} : { accessKeyId }),
  };
}

function errorAnswer(error: AwsError): WireAnswer {
  return rawAnswer(error, JSON.stringify({ __type: error.code, message: error.message }));
}

function rawAnswer(error: AwsError, body: string): WireAnswer {
  return { status: error.status, headers: { ...error.headers }, body };
}
