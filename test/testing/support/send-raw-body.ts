import type { FirehoseClient } from '@aws-sdk/client-firehose';
import { PutRecordBatchCommand } from '@aws-sdk/client-firehose';

/** Makes the real client sign and send another body than its own, and other headers when given. */
export async function sendRawBody(
  client: FirehoseClient,
  body: string | Uint8Array,
  headers: Readonly<Record<string, string>> = {},
): Promise<unknown> {
  const command = new PutRecordBatchCommand({ DeliveryStreamName: 'logs', Records: [] });
  command.middlewareStack.add(
    (next) => (args) => {
      const { request } = args;
      if (typeof request === 'object' && request !== null && 'headers' in request) {
        const length = String(Buffer.byteLength(body));
        Object.assign(request, { body });
        Object.assign(request.headers ?? {}, { 'content-length': length }, headers);
      }
      return next(args);
    },
    { step: 'build', priority: 'low' },
  );
  return client.send(command);
}
