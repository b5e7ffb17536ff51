import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { MessageDecoder } from '../../../cli/tail/message-decoder.ts';
import type { RecordBatch } from '../../../cli/tail/record-batch.ts';
import { withTime } from '../../../cli/tail/with-time.ts';
import { HTTP_SOURCE_LIMITS, type RequestBody, receiveLogBody } from './receive-log-body.ts';

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const TAKEN: Answer = { status: 200, text: '' };
const REFUSALS: Readonly<Record<Extract<RequestBody, string>, Answer>> = {
  'too large': { status: 413, text: `at most ${HTTP_SOURCE_LIMITS.maxBodyBytes} bytes` },
  'unknown type': { status: 415, text: 'no protobuf: send OTLP as JSON' },
};
const BUSY: Answer = { status: 503, text: 'wait a second', headers: { 'retry-after': '1' } };
const UNREADABLE: Answer = { status: 400, text: 'no log record could be read' };

/**
 * Takes log records in any request: the body, or the query of a GET. Answers 200 when they are printed, so
 * that a sender waits while the terminal does not keep up, and 400 when nothing could be read.
 */
export function httpLogListener(
  decoder: MessageDecoder,
  onRecords: (batch: RecordBatch) => void,
): RequestListener {
  let heldBytes = 0;
  return (request, response) => {
    receiveLogBody(request)
      .then((received) => {
        const answer = take(received, placeOf(request), () => send(response, TAKEN));
        if (answer !== undefined) send(response, answer);
      })
      // The sender went away in the middle.
      .catch(() => response.destroy());
  };

  /** Undefined when the answer is given later, by `onPrinted`. */
  function take(received: RequestBody, place: string, onPrinted: () => void): Answer | undefined {
    if (typeof received === 'string') return REFUSALS[received];
    const { body, encoding } = received;
    if (body.length === 0) return UNREADABLE;
    if (heldBytes + body.length > HTTP_SOURCE_LIMITS.maxHeldBytes) return BUSY;
    const { isDamaged, records } = decoder.read(body, place, encoding);
    if (isDamaged && records.length === 0) return UNREADABLE;
    heldBytes += body.length;
    const nowMillis = Date.now();
    onRecords({
      records: records.map((record) => withTime(record, nowMillis)),
      settle() {
        heldBytes -= body.length;
        onPrinted();
      },
    });
    return undefined;
  }
}

function send(response: ServerResponse, { headers, status, text }: Answer): void {
  const common = { 'content-type': 'text/plain', 'content-length': Buffer.byteLength(text) };
  response.writeHead(status, { ...common, ...headers }).end(text);
}

function placeOf({ method, url = '/' }: IncomingMessage): string {
  return `${method} ${url.split('?', 1)[0]}`;
}
