import { createServer } from 'node:net';
import { join } from 'node:path';
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { onTestFinished } from 'vitest';
import type { Socket } from 'zeromq';
import {
  ZeroMqLogRecordExporter,
  type ZeroMqLogRecordExporterOptions,
} from '../../../../src/destinations/zeromq/index.ts';
import type { LogRecordExporterOptions } from '../../../../src/index.ts';
import { createLogRecord } from '../../../../src/testing/index.ts';
import { tempFolder } from '../../../support/temp-folder.ts';

/** Quick retries, and an end for tests that fail. */
export const quick: Pick<
  LogRecordExporterOptions,
  'retry' | 'flushTimeoutMillis' | 'shutdownTimeoutMillis'
> = {
  retry: { initialBackoffMillis: 1, maxBackoffMillis: 10 },
  flushTimeoutMillis: 10_000,
  shutdownTimeoutMillis: 200,
};

/** An exporter that is shut down when the test ends. */
export function createExporter(options: ZeroMqLogRecordExporterOptions): ZeroMqLogRecordExporter {
  const exporter = new ZeroMqLogRecordExporter(options);
  onTestFinished(() => exporter.shutdown());
  return exporter;
}

export function logRecords(count: number, bodyOf?: (index: number) => string): ReadableLogRecord[] {
  return Array.from({ length: count }, (_, index) =>
    createLogRecord(bodyOf === undefined ? {} : { body: bodyOf(index) }),
  );
}

/** A socket that is closed when the test ends. */
export function closing<S extends Socket>(socket: S): S {
  onTestFinished(() => socket.close());
  return socket;
}

/** A TCP address at which nobody listens. */
export async function unusedEndpoint(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('No port');
  return `tcp://127.0.0.1:${address.port}`;
}

/** The socket goes with the test that runs. */
export function ipcEndpoint(): string {
  return `ipc://${join(tempFolder(), 'logs.sock')}`;
}
