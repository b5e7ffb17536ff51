import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { createLogRecord } from '../../../../src/testing/index.ts';

/** Options of a FIFO queue. */
export const fifo = (options: object = {}): object => ({ queueName: 'logs.fifo', ...options });

export const byGroup = <Message extends { readonly messageGroupId?: string }>(
  messages: readonly Message[],
): Map<string, Message[]> => Map.groupBy(messages, ({ messageGroupId }) => messageGroupId ?? '');

export const tenants: readonly string[] = ['a', 'b', 'c'];

/** Numbered records of three tenants in turn. */
export const tenantRecords = (count: number): ReadableLogRecord[] =>
  Array.from({ length: count }, (_, index) =>
    createLogRecord({ attributes: { tenant: tenants[index % 3] ?? '', number: index } }),
  );

export const numberOf = (body: string): number => JSON.parse(body).attributes.number;
