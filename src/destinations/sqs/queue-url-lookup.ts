import type { SQSClient } from '@aws-sdk/client-sqs';
import type { ReadyAwsClient } from '../aws/lazy-aws-client.ts';
import { withLimitedAnswer } from '../aws/with-limited-answer.ts';

type SqsSdk = typeof import('@aws-sdk/client-sqs');

export interface SqsCall extends ReadyAwsClient<SqsSdk, SQSClient> {
  readonly signal: AbortSignal;
}

/** The addresses of queues by name: asked for when they are needed, once for all requests side by side. */
export class QueueUrlLookup {
  readonly #known = new Map<string, string>();
  readonly #underWay = new Map<string, Promise<string>>();

  /** Throws what the service throws; a failure is not remembered. */
  async find(queueName: string, call: SqsCall): Promise<string> {
    const known = this.#known.get(queueName);
    if (known !== undefined) return known;
    const underWay = this.#underWay.get(queueName);
    if (underWay !== undefined) return underWay;
    const started = this.#ask(queueName, call).finally(() => this.#underWay.delete(queueName));
    this.#underWay.set(queueName, started);
    return started;
  }

  /** The queue was not there, or is not needed any more: the next request asks again. */
  forget(queueName: string): void {
    this.#known.delete(queueName);
  }

  async #ask(queueName: string, { client, sdk, signal }: SqsCall): Promise<string> {
    const command = withLimitedAnswer(new sdk.GetQueueUrlCommand({ QueueName: queueName }));
    const { QueueUrl } = await client.send(command, { abortSignal: signal });
    if (typeof QueueUrl !== 'string') throw new TypeError('The answer holds no address of a queue');
    this.#known.set(queueName, QueueUrl);
    return QueueUrl;
  }
}
