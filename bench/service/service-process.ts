/**
 * Takes calls of Firehose, CloudWatch Logs and SQS, OTLP/HTTP and any other POST, and answers each as the
 * real service would after a fixed time. It counts the log records by a text that each of them holds once,
 * so that exporters of every format are counted alike and no exporter's own count is believed.
 */

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { taskOfChild } from '../support/in-child.ts';
import { answerText } from './answer-text.ts';
import { type BilledUse, billedUseOf, NOTHING_USED, sumOfUses } from './billed-use.ts';
import { findBrokenLimit } from './find-broken-limit.ts';
import { countOf, readCall } from './read-call.ts';
import type { ServiceCounts, ServiceTask } from './start-service.ts';

const { latencyMillis, mark, weighs } = taskOfChild<ServiceTask>();
let records = 0;
let requests = 0;
let bytes = 0;
let use: BilledUse = NOTHING_USED;
const refused: string[] = [];

const server = createServer((request, response) => {
  const pieces: Buffer[] = [];
  request.on('data', (piece: Buffer) => pieces.push(piece));
  request.on('end', () => take(request, Buffer.concat(pieces), response));
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => process.send?.(server.address()));
process.on('message', () => {
  process.send?.({ records, requests, bytes, use, refused } satisfies ServiceCounts);
});
process.on('disconnect', () => process.exit());

function take({ headers }: IncomingMessage, body: Buffer, response: ServerResponse): void {
  const call = readCall(headers, body);
  const brokenLimit = findBrokenLimit(call, headers);
  if (brokenLimit === undefined) {
    const count = call.contents.reduce((sum, content) => sum + countOf(content, mark), 0);
    records += count;
    requests += 1;
    bytes += body.length;
    // What holds no record that counts is of the warm-up or sets something up.
    if (weighs && count > 0) use = sumOfUses(use, billedUseOf(call, body));
  } else {
    refused.push(brokenLimit);
  }
  const isAws = call.target !== '';
  const type = isAws ? 'application/x-amz-json-1.1' : (headers['content-type'] ?? 'text/plain');
  const status = brokenLimit === undefined ? 200 : 400;
  // An empty body is an empty message of OTLP, in protobuf as in no other format.
  const text = isAws || type.includes('json') ? answerText(call) : '';
  setTimeout(() => {
    response.writeHead(status, { 'content-type': type, 'x-amzn-requestid': 'bench' });
    response.end(text);
  }, latencyMillis);
}
