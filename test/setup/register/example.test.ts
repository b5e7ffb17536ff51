import { expect, test } from 'vitest';
import { runExample } from '../../examples/support/run-example.ts';
import { jsonLines } from './support/stored-records.ts';

test('the example without code stores the lines of its orders with their traces', async () => {
  const { stderr, stdout } = await runExample('register/run-locally.ts');
  expect(stderr).toBe('');
  expect(stdout).toContain('The app ended by SIGTERM');
  const orders = jsonLines(stdout).filter(({ body }) => body !== 'listening');
  expect(orders.map(({ body }) => body).sort()).toEqual([
    'order failed',
    'order taken',
    'order taken',
    'order taken',
  ]);
  expect(new Set(orders.map(({ trace_id }) => trace_id)).size).toBe(3);
  const failed = orders.find(({ body }) => body === 'order failed');
  expect(failed).toMatchObject({
    severity_text: 'error',
    attributes: { item: 'unicorn', 'exception.message': 'not in stock' },
    resource: { 'service.name': 'shop' },
  });
});
