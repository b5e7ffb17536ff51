import type { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { Fault } from './faults/fault.ts';

/** A finished answer, before a fault changes how it travels. */
export interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/** How an answer travels when a fault spoils it. */
export type AnswerFlaw =
  | { readonly kind: 'slow-body'; readonly durationMillis?: number }
  | { readonly kind: 'malformed-answer'; readonly form?: 'garbage' | 'half' | 'empty' | 'html' };

export function flawOf(fault: Fault | undefined): AnswerFlaw | undefined {
  return fault?.kind === 'slow-body' || fault?.kind === 'malformed-answer' ? fault : undefined;
}

/** Sends the answer, spoiled as told. Resolves when it is handed over or the client went away. */
export async function sendAnswer(
  response: ServerResponse,
  answer: WireAnswer,
  flaw: AnswerFlaw | undefined,
  signal: AbortSignal,
): Promise<void> {
  if (response.destroyed) return;
  if (flaw === undefined) {
    response.writeHead(answer.status, withLength(answer)).end(answer.body);
    return;
  }
  if (flaw.kind === 'slow-body') {
    await dribble(response, answer, flaw.durationMillis ?? 1_000, signal);
    return;
  }
  sendMalformed(response, answer, flaw.form ?? 'garbage');
}

async function dribble(
  response: ServerResponse,
  answer: WireAnswer,
  durationMillis: number,
  signal: AbortSignal,
): Promise<void> {
  const body = Buffer.from(answer.body);
  const pieces = Math.max(1, Math.min(10, body.length));
  const pieceBytes = Math.max(1, Math.ceil(body.length / pieces));
  response.writeHead(answer.status, withLength(answer));
  for (let start = 0; start < body.length; start += pieceBytes) {
    await wait(durationMillis / pieces, undefined, { signal });
    if (response.destroyed) return;
    response.write(body.subarray(start, start + pieceBytes));
  }
  response.end();
}

function sendMalformed(
  response: ServerResponse,
  answer: WireAnswer,
  form: 'garbage' | 'half' | 'empty' | 'html',
): void {
  if (form === 'half') {
    const body = Buffer.from(answer.body);
    response.writeHead(answer.status, withLength(answer));
    response.write(body.subarray(0, Math.floor(body.length / 2)), () => {
      response.socket?.destroy();
    });
    return;
  }
  const bodies = {
    garbage: '{"FailedPutCount":0,"RequestResponses":[{"Rec',
    empty: '',
    html: '<html><body><h1>502 Bad Gateway</h1></body></html>',
  };
  const spoiled = { ...answer, body: bodies[form] };
  response.writeHead(answer.status, withLength(spoiled)).end(spoiled.body);
}

function withLength(answer: WireAnswer): Record<string, string> {
  return { ...answer.headers, 'content-length': String(Buffer.byteLength(answer.body)) };
}
