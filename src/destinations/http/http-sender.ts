import type { Destination } from '../../exporter/destination.ts';
import { entryCountOf } from '../../exporter/each-entry.ts';
import type { ReusedMemory } from '../../exporter/reused-memory.ts';
import { withHttpStatus } from '../../exporter/with-http-status.ts';
import type { PackedEntry } from '../../pack/packed-entry.ts';
import type { AnswerReader } from './answer-reader.ts';
import type { BodyFraming } from './body-framing.ts';
import { BodyMemory } from './body-memory.ts';
import type { Answer, RequestDispatcher } from './exchange.ts';
import { exchangeWithRedirects } from './follow-redirects.ts';
import type { HeaderSources } from './headers-option.ts';
import { classifyHttpError, InvalidRequestError } from './http-error.ts';
import { outcomeOfStatus } from './http-response.ts';
import { headersOf } from './request-headers.ts';

export interface HttpSenderParts {
  readonly method: 'POST' | 'PUT' | 'GET';
  readonly framing: BodyFraming;
  /** The later win. */
  readonly headers: readonly HeaderSources[];
  readonly compression:
    | {
        readonly name: string;
        readonly compress: (bytes: Uint8Array) => Promise<Uint8Array>;
      }
    | undefined;
  readonly retryStatuses: ReadonlySet<number>;
  readonly getDispatcher: () => Promise<RequestDispatcher>;
  /** Asked after the answer: true when nobody reads the body any more. */
  readonly hasSent: (body: Uint8Array) => boolean;
  readonly buffers: ReusedMemory;
  readonly readAnswer: AnswerReader;
}

/** Makes one request and says what became of its records. */
export function createHttpSender(parts: HttpSenderParts): Destination['send'] {
  const { framing, method } = parts;
  return async (request, { signal }) => {
    const { entries, target } = request;
    const memory = new BodyMemory(parts.buffers);
    try {
      const headers = await headersOf(parts.headers, request, signal);
      const plain = toBody(framing, entries, memory);
      const { body, encoding } = await compressed(plain, parts);
      const url = new URL(target.names['url'] ?? '');
      if (framing.isInQuery) {
        url.search += `${url.search === '' ? '' : '&'}${Buffer.from(plain).toString('latin1')}`;
      }
      const answer = await exchangeWithRedirects(await parts.getDispatcher(), {
        url,
        method,
        headers: framing.isInQuery
          ? headers
          : { 'content-type': framing.contentType, ...headers, ...encoding },
        body: framing.isInQuery ? null : body,
        signal,
      });
      // Without an answer something may still read it; then the garbage collector takes it.
      if (!signal.aborted && parts.hasSent(body)) memory.release();
      return await outcomeOf(answer, entryCountOf(entries), parts);
    } catch (thrown) {
      return classifyHttpError(thrown);
    }
  };
}

async function outcomeOf(
  answer: Answer,
  entryCount: number,
  { readAnswer, retryStatuses }: HttpSenderParts,
): ReturnType<AnswerReader> {
  const { body, headers, statusCode } = answer;
  const header = (name: string): string | undefined => headers.valuesOf(name)[0];
  const outcome = outcomeOfStatus(statusCode, header, retryStatuses, Date.now());
  if (outcome.status === 'delivered')
    return withHttpStatus(await readAnswer(answer, entryCount), statusCode);
  void body.discard();
  return outcome;
}

function toBody(
  framing: BodyFraming,
  entries: readonly PackedEntry[],
  memory: BodyMemory,
): Uint8Array {
  let body: Uint8Array;
  try {
    body = framing.toBody(entries, memory);
  } catch {
    throw new InvalidRequestError('The record is not JSON, as its encoding says');
  }
  if (body.length <= framing.maxRequestBytes) return body;
  throw new InvalidRequestError(
    `A body of ${body.length} bytes exceeds \`maxRequestBytes\` (${framing.maxRequestBytes})`,
  );
}

/** Compression makes what is compressed already larger: then the body goes as it is. */
async function compressed(
  plain: Uint8Array,
  { compression, framing }: HttpSenderParts,
): Promise<{
  readonly body: Uint8Array;
  readonly encoding: { readonly 'content-encoding'?: string };
}> {
  if (compression === undefined) return { body: plain, encoding: {} };
  const body = await compression.compress(plain);
  if (body.length > framing.maxRequestBytes) return { body: plain, encoding: {} };
  return { body, encoding: { 'content-encoding': compression.name } };
}
