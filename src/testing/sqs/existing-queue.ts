import { AwsError } from '../aws/aws-error.ts';
import type { LocalQueue } from './local-queue.ts';
import type { LocalSqs } from './local-sqs.ts';

export function existingQueue(store: LocalSqs, nameOrUrl: string): LocalQueue {
  const queue = store.queue(nameOrUrl);
  if (queue !== undefined) return queue;
  throw new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');
}

export const queueNameOf = (url: string): string => url.slice(url.lastIndexOf('/') + 1);
