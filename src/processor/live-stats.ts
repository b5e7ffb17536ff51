import type { ExporterStats } from '../report/ledger.ts';
import type { BatchProcessorStats } from './batch-processor.ts';
import { liveProcessors } from './live-processors.ts';

/** What became of the records of one processor, and of the exporter behind it. */
export interface LiveStats {
  /** The destination's name, as in `OTEL_LOGS_EXPORTER`; undefined for an exporter of others. */
  readonly destination: string | undefined;
  readonly processor: BatchProcessorStats;
  /** Undefined for an exporter of others, and while `collectorless/register` still loads it. */
  readonly exporter: ExporterStats | undefined;
}

/**
 * The accounts of every processor of `createBatchProcessor` in this process that is not shut down, those of
 * `collectorless/register` too, from any place in the code.
 */
export function liveStats(): LiveStats[] {
  return liveProcessors().map((processor) => {
    const exporter: object = processor.exporter;
    return {
      destination: isNamed(exporter) ? exporter.destinationName : undefined,
      processor: processor.stats(),
      exporter: isNamed(exporter) ? exporter.stats() : undefined,
    };
  });
}

interface Named {
  readonly destinationName: string;
  stats(): ExporterStats | undefined;
}

/** Not by its class, of which two copies may be loaded. */
function isNamed(exporter: object): exporter is Named {
  return 'destinationName' in exporter && 'stats' in exporter;
}
