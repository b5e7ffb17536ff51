import { strict as assert } from 'node:assert';
import type { LogRecordExporter, ReadableLogRecord } from '@opentelemetry/sdk-logs';
import type { LocalServices } from '../local-services.ts';
import { createLogRecord, uidOf } from '../records/create-log-record.ts';
import { startLocalServices } from '../start-local-services.ts';
import type {
  ContractOverrides,
  DestinationAbilities,
  DestinationContractOptions,
} from './destination-contract.ts';

export interface ContractCase {
  readonly name: string;
  readonly needs?: readonly (keyof DestinationAbilities)[];
  run(options: DestinationContractOptions): Promise<void>;
}

/** One exporter with its own services, and what a case asks of them. */
export interface ContractRun {
  readonly services: LocalServices;
  readonly exporter: LogRecordExporter;
  /** The result's code: 0 is success, 1 failure (`ExportResultCode`). */
  export(records: readonly ReadableLogRecord[]): Promise<number>;
  /** Fails unless exactly these records arrived, each once. */
  assertArrivedOnce(records: readonly ReadableLogRecord[]): void;
  /** Fails unless each of these arrived, some maybe twice, and nothing else did. */
  assertArrived(records: readonly ReadableLogRecord[]): void;
}

const defaults: ContractOverrides = {
  acknowledge: 'delivered',
  oversize: 'drop',
  timeoutMillis: 20_000,
  flushTimeoutMillis: 20_000,
  shutdownTimeoutMillis: 5_000,
  retry: { initialBackoffMillis: 1, maxBackoffMillis: 20 },
};

/** Runs one case against new services, and looks for broken rules at its end. */
export async function contractRun(
  options: DestinationContractOptions,
  body: (run: ContractRun) => Promise<void>,
  overrides: Partial<ContractOverrides> = {},
): Promise<void> {
  const services = await startLocalServices(options.services);
  try {
    const exporter = await options.createExporter(services, { ...defaults, ...overrides });
    const arrivedUids = (): string[] =>
      options.arrived(services).map((record) => uidOf(record) ?? 'a record without uid');
    await body({
      services,
      exporter,
      export: (records) => exportRecords(exporter, records),
      assertArrivedOnce: (records) =>
        assert.deepEqual(arrivedUids().sort(), records.map(uidText).sort()),
      assertArrived: (records) =>
        assert.deepEqual([...new Set(arrivedUids())].sort(), records.map(uidText).sort()),
    });
    await exporter.shutdown();
    assert.deepEqual(services.violations, [], 'the real service would have refused a request');
  } finally {
    await services.close();
  }
}

export function createLogRecords(count: number): ReadableLogRecord[] {
  return Array.from({ length: count }, () => createLogRecord());
}

async function exportRecords(
  exporter: LogRecordExporter,
  records: readonly ReadableLogRecord[],
): Promise<number> {
  const { code } = await new Promise<{ readonly code: number }>((resolve) => {
    exporter.export([...records], resolve);
  });
  return code;
}

const uidText = (record: ReadableLogRecord): string => String(uidOf(record));
