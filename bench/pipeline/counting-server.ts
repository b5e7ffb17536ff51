import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/**
 * Answers AWS JSON calls, OTLP/HTTP and any other POST as the real services do, after a fixed latency, in a
 * process of its own. It counts records without decoding them, so that it stays cheaper than any client on
 * the other processor: `node counting-server.ts <latency in ms>`.
 */
const latencyMillis = Number(process.argv[2] ?? 20);
let records = 0;
let requests = 0;
let bytes = 0;

/** Member names that stand unescaped once for each record, by what the request says of itself. */
const MARKS: Readonly<Record<string, string>> = {
  'Firehose_20150804.PutRecordBatch': '{"Data":',
  'Logs_20140328.PutLogEvents': '"timestamp":',
  'AmazonSQS.SendMessageBatch': '"MessageBody":',
  'application/x-ndjson': '\n',
  'application/json': '"observedTimeUnixNano":',
};

/** As long as those of the real service. */
const RECORD = JSON.stringify({ RecordId: 'A'.repeat(200) });

const server = createServer((request, response) => {
  const pieces: Buffer[] = [];
  request.on('data', (piece: Buffer) => pieces.push(piece));
  request.on('end', () => {
    const body = Buffer.concat(pieces);
    const kind = kindOf(request);
    const count = countOf(body, MARKS[kind] ?? '');
    requests += 1;
    bytes += body.length;
    records += count;
    setTimeout(() => answer(response, kind, count), latencyMillis);
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (typeof address === 'object') process.send?.({ port: address?.port });
});
process.on('message', () => process.send?.({ records, requests, bytes }));
process.on('disconnect', () => process.exit());

function kindOf({ headers }: IncomingMessage): string {
  const target = headers['x-amz-target'];
  return typeof target === 'string' ? target : (headers['content-type'] ?? '');
}

function countOf(body: Buffer, mark: string): number {
  if (mark === '') return 0;
  let count = 0;
  for (let at = body.indexOf(mark); at >= 0; at = body.indexOf(mark, at + mark.length)) count += 1;
  return count;
}

function answer(response: ServerResponse, kind: string, count: number): void {
  const type = kind.includes('.') ? 'application/x-amz-json-1.1' : 'application/json';
  response.writeHead(200, { 'content-type': type, 'x-amzn-requestid': 'bench' });
  response.end(textOf(kind, count));
}

function textOf(kind: string, count: number): string {
  if (kind.startsWith('Firehose')) {
    const answers = new Array(count).fill(RECORD).join(',');
    return `{"FailedPutCount":0,"Encrypted":false,"RequestResponses":[${answers}]}`;
  }
  if (kind.startsWith('AmazonSQS')) {
    // Our exporter names the messages of a call by their index.
    const Successful = Array.from({ length: count }, (_, index) => ({
      Id: `${index}`,
      MessageId: 'm',
    }));
    return JSON.stringify({ Successful, Failed: [] });
  }
  return '{}';
}
