/** As SQS takes them: up to 80 characters, with the suffix of a FIFO queue (API reference, CreateQueue, QueueName). */
export function isQueueName(name: string): boolean {
  return /^([A-Za-z0-9_-]{1,80}|[A-Za-z0-9_-]{1,75}\.fifo)$/.test(name);
}
