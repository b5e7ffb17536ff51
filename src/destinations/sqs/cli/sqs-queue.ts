import type { Message } from '@aws-sdk/client-sqs';
import { type AwsClientOptions, awsClientConfig } from '../../../cli/tail/aws-client.ts';
import { importPackage } from '../../../cli/tail/import-package.ts';

/** A queue as a reader sees it. */
export interface SqsQueue {
  /** Waits up to 20 seconds for messages; empty when none came. */
  receive(signal: AbortSignal): Promise<readonly Message[]>;
  /** Deletes up to 10 messages; answers how many the queue did not delete. */
  delete(messages: readonly Message[]): Promise<number>;
  close(): void;
}

export interface SqsQueueOptions extends AwsClientOptions {
  /** How long other readers do not see a message that was received, 0 to 43,200. */
  readonly hideSeconds: number;
}

/** The most that a call may bring, and wait (ReceiveMessage, API reference, read on 2026-11-21). */
const MAX_MESSAGES = 10;
const WAIT_SECONDS = 20;
const DELETE_TIMEOUT_MILLIS = 2000;
const REGION_IN_HOST = /\bsqs(?:-fips)?\.(?<region>[a-z]{2}(?:-[a-z]+)+-\d+)\./u;

/** The queue of a name or an address; a name is looked up at the first call. */
export async function openSqsQueue(queue: string, options: SqsQueueOptions): Promise<SqsQueue> {
  const sdk = await importPackage(
    '@aws-sdk/client-sqs',
    'tail sqs',
    () => import('@aws-sdk/client-sqs'),
  );
  const region = options.region ?? REGION_IN_HOST.exec(queue)?.groups?.['region'];
  const client = new sdk.SQSClient(awsClientConfig({ ...options, region }));
  let url = /^https?:\/\//u.test(queue) ? queue : undefined;
  return { receive, delete: deleteMessages, close: () => client.destroy() };

  async function receive(abortSignal: AbortSignal): Promise<readonly Message[]> {
    url ??= await findUrl(abortSignal);
    const command = new sdk.ReceiveMessageCommand({
      QueueUrl: url,
      MaxNumberOfMessages: MAX_MESSAGES,
      WaitTimeSeconds: WAIT_SECONDS,
      VisibilityTimeout: options.hideSeconds,
      MessageSystemAttributeNames: ['SentTimestamp'],
    });
    const { Messages = [] } = await client.send(command, { abortSignal });
    return Messages;
  }

  async function deleteMessages(messages: readonly Message[]): Promise<number> {
    const command = new sdk.DeleteMessageBatchCommand({
      QueueUrl: url,
      Entries: messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle })),
    });
    const abortSignal = AbortSignal.timeout(DELETE_TIMEOUT_MILLIS);
    const { Failed = [] } = await client.send(command, { abortSignal });
    return Failed.length;
  }

  async function findUrl(abortSignal: AbortSignal): Promise<string | undefined> {
    const command = new sdk.GetQueueUrlCommand({ QueueName: queue });
    return (await client.send(command, { abortSignal })).QueueUrl;
  }
}
