import type { Fault } from '../../../../src/testing/index.ts';

const operation = 'SendMessageBatch';

/** Some messages fail in a call that succeeds, once. */
export const failing = (
  code: string,
  senderFault: boolean,
  entries: readonly number[] = [0, 4],
): Fault => ({
  kind: 'partial-failure',
  operation,
  times: 1,
  entries,
  code,
  senderFault,
});

/** A whole call fails, once. */
export const error = (name: string, options: object = {}): Fault => ({
  kind: 'error',
  operation,
  times: 1,
  name,
  ...options,
});
