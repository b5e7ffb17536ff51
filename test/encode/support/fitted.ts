import { expect } from 'vitest';
import { fitRecord } from '../../../src/encode/fit-record.ts';
import { jsonEncoder } from '../../../src/encode/json-encoder.ts';
import type { LogRecordEncoder } from '../../../src/encode/log-record-encoder.ts';
import { makeRecord } from './records.ts';

export function fitted(
  other: Readonly<Record<string, unknown>>,
  maxBytes: number,
  mode: 'truncate' | 'split' = 'truncate',
  encoder: LogRecordEncoder = jsonEncoder(),
): Uint8Array[] | undefined {
  return fitRecord(makeRecord(other), encoder, { maxBytes, mode, createId: () => 'part-id' });
}

export function fitOne(other: Readonly<Record<string, unknown>>, maxBytes: number): Uint8Array {
  const [piece, ...rest] = fitted(other, maxBytes) ?? [];
  expect(rest).toEqual([]);
  expect(piece?.length).toBeLessThanOrEqual(maxBytes);
  return piece ?? new Uint8Array();
}

export type Cut = { fields: string[]; original_bytes: number };
