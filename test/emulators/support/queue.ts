import { randomUUID } from 'node:crypto';
import {
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import type { EmulatorClientConfig } from './client-config.ts';

export interface Queue {
  readonly name: string;
  readonly url: string;
  /** Takes all messages out, until there are none. */
  takeAll(): Promise<Message[]>;
}

/** A queue of an emulator. */
export async function createQueue(
  config: EmulatorClientConfig,
  attributes: Readonly<Record<string, string>> = {},
  name: string = `queue-${randomUUID()}${attributes['FifoQueue'] === 'true' ? '.fifo' : ''}`,
): Promise<Queue> {
  const client = new SQSClient(config);
  const created = await client.send(
    new CreateQueueCommand({ QueueName: name, Attributes: { ...attributes } }),
  );
  const url = created.QueueUrl ?? '';
  client.destroy();
  return { name, url, takeAll: () => takeAll(config, url) };
}

async function takeAll(config: EmulatorClientConfig, url: string): Promise<Message[]> {
  const client = new SQSClient(config);
  const taken: Message[] = [];
  try {
    for (;;) {
      const { Messages: messages = [] } = await client.send(
        new ReceiveMessageCommand({
          QueueUrl: url,
          MaxNumberOfMessages: 10,
          MessageAttributeNames: ['All'],
          MessageSystemAttributeNames: ['All'],
        }),
      );
      if (messages.length === 0) return taken;
      taken.push(...messages);
      const entries = messages.map(({ ReceiptHandle }, index) => ({
        Id: String(index),
        ReceiptHandle,
      }));
      await client.send(new DeleteMessageBatchCommand({ QueueUrl: url, Entries: entries }));
    }
  } finally {
    client.destroy();
  }
}
