import { expect, it } from 'vitest';
import { withHttpStatus } from '../../src/exporter/with-http-status.ts';
import { delivered, retryable } from '../support/outcomes.ts';

it('an answer that decided of entries says its status', () => {
  expect(withHttpStatus(delivered, 200)).toEqual({ status: 'delivered', httpStatusCode: 200 });
  const partial = { status: 'partial', entries: [] } as const;
  expect(withHttpStatus(partial, 200)).toEqual({ ...partial, httpStatusCode: 200 });
});

it('a failure is left as it is: its error has the status', () => {
  const failed = retryable();
  expect(withHttpStatus(failed, 200)).toBe(failed);
});
