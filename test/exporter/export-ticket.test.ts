import type { ExportResult } from '@opentelemetry/core';
import { expect, it } from 'vitest';
import { ExportTicket } from '../../src/exporter/export-ticket.ts';

it('what was told of lost records stays as it was told', () => {
  const results: ExportResult[] = [];
  const ticket = new ExportTicket(3, (result) => results.push(result));
  ticket.fail(1, 'too_large');
  ticket.succeed(2);
  ticket.fail(1, 'buffer_full');
  expect(results).toHaveLength(1);
  expect(results[0]?.error).toMatchObject({ counts: { too_large: 1 } });
  expect(results[0]?.error).not.toMatchObject({ counts: { buffer_full: 1 } });
});
