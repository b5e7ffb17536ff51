import type { LogRecordExporterOptions } from 'collectorless';
import type { LocalServices } from 'collectorless/testing';
import {
  ZeroMqLogReceiver,
  type ZeroMqLogReceiverOptions,
  ZeroMqLogRecordExporter,
  type ZeroMqMessageOptions,
  type ZeroMqOwnSocketOptions,
} from 'collectorless/zeromq';
import { onTestFinished } from 'vitest';
import type { Socket } from 'zeromq';
import { ending, quick } from './requirement-run.ts';

export type Options = Partial<ZeroMqOwnSocketOptions> &
  ZeroMqMessageOptions &
  LogRecordExporterOptions;

export function exporterTo(endpoint: string, options: Options = {}): ZeroMqLogRecordExporter {
  return ending(new ZeroMqLogRecordExporter({ endpoint, ...quick, ...options }));
}

export function closing<S extends Socket>(socket: S): S {
  onTestFinished(() => socket.close());
  return socket;
}

/** Answers the address of a receiver that is closed when the test ends. */
export async function startReceiver(options: ZeroMqLogReceiverOptions): Promise<string> {
  const receiver = new ZeroMqLogReceiver({ endpoint: 'tcp://127.0.0.1:*', ...options });
  onTestFinished(() => receiver.close());
  await receiver.start();
  return receiver.endpoint ?? '';
}

export const topicsOf = ({ zeromq }: LocalServices): string[] =>
  zeromq.messages.map(({ topic }) => topic);
