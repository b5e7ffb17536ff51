import type { Attributes, Counter, MeterProvider } from '@opentelemetry/api';
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { recordTimeMillis } from '../exporter/record-time.ts';
import type { Runtime } from '../exporter/runtime.ts';
import { type Drop, DropReporter } from '../report/drop-reporter.ts';
import { nextComponentName } from '../report/next-component-name.ts';
import { tell } from '../report/tell.ts';

export type QueueLossReason = 'buffer_full' | 'shut_down';

export interface QueueLossesParts {
  readonly runtime: Pick<Runtime, 'defer' | 'monotonicMillis' | 'wallMillis'>;
  readonly onDrop: ((drop: Drop) => void) | undefined;
  readonly meterProvider: MeterProvider | undefined;
  readonly maxQueueSize: number;
}

interface Loss {
  count: number;
  firstMillis: number;
  lastMillis: number;
}

const COMPONENT = 'collectorless_batch_processor';
/** The words of the semantic conventions for SDK metrics, otel.sdk.processor.log.processed. */
const ERROR_TYPES: Readonly<Record<QueueLossReason, string>> = {
  buffer_full: 'queue_full',
  shut_down: 'already_shutdown',
};

/** Tells of the records that a processor lost: those of one turn of the event loop together. */
export class QueueLosses {
  readonly #parts: QueueLossesParts;
  readonly #reporter: DropReporter;
  readonly #count: (count: number, reason: QueueLossReason) => void;
  readonly #untold = new Map<QueueLossReason, Loss>();
  #isDue = false;
  #isTelling = false;

  constructor(parts: QueueLossesParts) {
    this.#parts = parts;
    this.#reporter = new DropReporter({
      name: 'batch processor',
      onDrop: parts.onDrop,
      warn: (message) => tell('warn', message),
      monotonicMillis: () => parts.runtime.monotonicMillis(),
    });
    this.#count = processedCounter(parts.meterProvider);
  }

  lose(record: ReadableLogRecord, reason: QueueLossReason): void {
    const timeMillis = recordTimeMillis(record, this.#parts.runtime.wallMillis());
    const loss = this.#untold.get(reason);
    if (loss === undefined) {
      this.#untold.set(reason, { count: 1, firstMillis: timeMillis, lastMillis: timeMillis });
    } else {
      loss.count += 1;
      loss.firstMillis = Math.min(loss.firstMillis, timeMillis);
      loss.lastMillis = Math.max(loss.lastMillis, timeMillis);
    }
    // What is lost because `onDrop` itself logs would call it again, without end: it waits for the next loss.
    if (this.#isDue || this.#isTelling) return;
    this.#isDue = true;
    this.#parts.runtime.defer(() => {
      this.#isDue = false;
      this.#isTelling = true;
      this.#tell();
      this.#isTelling = false;
    });
  }

  /** Tells at the end what would wait for its turn, or for a later line. */
  flush(): void {
    this.#tell();
    this.#reporter.flush();
  }

  #tell(): void {
    const losses = [...this.#untold];
    this.#untold.clear();
    for (const [reason, { count, firstMillis, lastMillis }] of losses) {
      this.#count(count, reason);
      this.#reporter.report({
        reason,
        count,
        bytes: 0,
        firstTime: new Date(firstMillis),
        lastTime: new Date(lastMillis),
        target: 'batch-processor',
        error: new Error(this.#mend(reason)),
      });
    }
  }

  #mend(reason: QueueLossReason): string {
    if (reason === 'shut_down') return 'The processor is shut down';
    return (
      `The queue of ${this.#parts.maxQueueSize} log records is full: raise maxQueueSize ` +
      'or OTEL_BLRP_MAX_QUEUE_SIZE'
    );
  }
}

/** A meter that throws must never cost a record, nor the application's call of `emit`. */
function processedCounter(
  provider: MeterProvider | undefined,
): (count: number, reason: QueueLossReason) => void {
  if (provider === undefined) return () => {};
  const attributes: Attributes = {
    'otel.component.type': COMPONENT,
    'otel.component.name': nextComponentName(COMPONENT),
  };
  let counter: Counter | undefined;
  return (count, reason) => {
    try {
      counter ??= provider
        .getMeter('collectorless')
        .createCounter('otel.sdk.processor.log.processed', {
          unit: '{log_record}',
          description:
            'The number of log records for which the processing has finished, either successful or failed.',
        });
      counter.add(count, { ...attributes, 'error.type': ERROR_TYPES[reason] });
    } catch {
      // The application's meter is broken; there is nothing to mend here.
    }
  };
}
