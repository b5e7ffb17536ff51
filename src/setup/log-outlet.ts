import {
  ConsoleLogRecordExporter,
  type LogRecordProcessor,
  type ReadableLogRecord,
  SimpleLogRecordProcessor,
} from '@opentelemetry/sdk-logs';
import { describeError } from '../describe-error.ts';
import { type DestinationName, MANIFESTS } from '../destinations/manifests.ts';
import type { AbandonedRecords } from '../exporter/abandoned-records.ts';
import type { DestinationLogRecordExporter } from '../exporter/destination-log-record-exporter.ts';
import { createBatchProcessor } from '../processor/create-batch-processor.ts';
import { tell } from '../report/tell.ts';
import { createDestinationExporter } from './create-destination-exporter.ts';
import { createOtlpExporter } from './create-otlp-exporter.ts';
import type { Environment } from './environment/environment.ts';
import type { LogsExporterName } from './environment/parse-logs-exporters.ts';
import { EXIT_FLUSH_MILLIS } from './exit-guard/exit-guard-options.ts';
import { LateExporter } from './late-exporter.ts';
import type { PackageLoader } from './package-loader.ts';
import { RememberingExporter } from './remembering-exporter.ts';

/** One exporter of `OTEL_LOGS_EXPORTER`, with the processor before it. */
export interface LogOutlet {
  readonly processor: LogRecordProcessor;
  /** How many records were logged to it. */
  countLogged(): number;
  /** Waits until a socket has handed over what it was given. Never rejects. */
  close(): Promise<void>;
  /** Takes out what is not delivered, for the last moment of the process. */
  takeRemainder(): readonly AbandonedRecords[];
}

/** Answers `undefined` where there can be no such exporter; it was told why. */
export function createLogOutlet(
  name: LogsExporterName,
  environment: Environment,
  packages: PackageLoader,
): LogOutlet | undefined {
  try {
    if (name === 'console') return consoleOutlet();
    if (name === 'otlp') return otlpOutlet(environment, packages);
    return destinationOutlet(name, environment);
  } catch (error) {
    tell('error', `${name}: no logs go there: ${describeError(error)}`);
    return undefined;
  }
}

function destinationOutlet(name: DestinationName, environment: Environment): LogOutlet {
  const exporter = new LateExporter(name, createOrTell(name, environment));
  const processor = createBatchProcessor(exporter);
  const { sendsWhileClosing } = MANIFESTS[name];
  return {
    processor,
    countLogged: () => processor.stats().emitted,
    // The others hold nothing that a flush has not sent; closed, they would refuse what is logged last.
    close: () => (sendsWhileClosing === true ? exporter.shutdown() : Promise.resolve()),
    takeRemainder: () => {
      // Not `abandon`, which closes: a ZeroMQ socket that is closed in the last moment aborts the process.
      const undelivered = exporter.takeBack();
      // The same fields as those that had come further.
      const queued = { ...undelivered, entries: [], records: processor.takeQueued() };
      return exporter.isMissing ? [] : [undelivered, queued];
    },
  };
}

/** A flush that the end of the process asked for may not hold it longer than the end itself may take. */
const DEFAULTS = { flushTimeoutMillis: EXIT_FLUSH_MILLIS };

async function createOrTell(
  name: DestinationName,
  environment: Environment,
): Promise<DestinationLogRecordExporter | undefined> {
  const created = await createDestinationExporter(name, environment, {}, undefined, DEFAULTS);
  if ('exporter' in created) return created.exporter;
  const { cause, message } = created.error;
  tell('error', cause === undefined ? message : `${message}: ${describeError(cause)}`);
  return undefined;
}

function otlpOutlet(environment: Environment, packages: PackageLoader): LogOutlet | undefined {
  const created = createOtlpExporter(environment, packages);
  if (created === undefined) return undefined;
  const exporter = new RememberingExporter('otlp', created);
  const processor = createBatchProcessor(exporter);
  return {
    processor,
    countLogged: () => processor.stats().emitted,
    close: () => Promise.resolve(),
    takeRemainder: () => [exporter.takeBack(), asAbandoned(processor.takeQueued())],
  };
}

/** With the processor that the SDK uses for the console. */
function consoleOutlet(): LogOutlet {
  const exporter = new ConsoleLogRecordExporter();
  // Before 0.220 the constructor took the exporter, since then an object with it: this is both.
  const either = Object.assign(exporter, { exporter });
  return {
    processor: Reflect.construct(SimpleLogRecordProcessor, [either]),
    countLogged: () => 0,
    close: () => Promise.resolve(),
    takeRemainder: () => [],
  };
}

function asAbandoned(records: readonly ReadableLogRecord[]): AbandonedRecords {
  return { encoding: 'json', entries: [], records };
}
