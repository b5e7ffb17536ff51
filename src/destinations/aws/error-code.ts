/** Names of errors and system codes look like this: `ThrottlingException`, `AWS.SimpleQueueService.NonExistentQueue`. */
const CODE = /^[A-Za-z][\w.:#-]{0,99}$/u;

/** A service's name for an error. What is none comes from something in between, and may repeat what we sent. */
export function errorCode(name: unknown): string {
  return typeof name === 'string' && CODE.test(name) ? name : 'UnknownError';
}
