import { createExporterMetrics } from '../report/exporter-metrics.ts';
import { HealthReporter } from '../report/health-reporter.ts';
import type { Ledger } from '../report/ledger.ts';
import { nextComponentName } from '../report/next-component-name.ts';
import { tell } from '../report/tell.ts';
import type { Target } from '../route/target.ts';
import type { Destination } from './destination.ts';
import type { MemoryBudget } from './memory-budget.ts';
import { RecordAccounts } from './record-accounts.ts';
import type { ResolvedOptions } from './resolve-options.ts';
import type { Runtime } from './runtime.ts';
import type { SummarySender } from './summary-sender.ts';

/** All who hear of a record's fate, for one exporter. */
export function createAccounts(parts: {
  readonly ledger: Ledger;
  readonly memory: MemoryBudget<Target>;
  /** The exporter's class name, for metrics. */
  readonly componentType: string;
  readonly destination: Destination;
  readonly options: ResolvedOptions;
  readonly runtime: Runtime;
  readonly summary: SummarySender;
}): RecordAccounts {
  const { componentType, ledger, memory, options, runtime, summary } = parts;
  const monotonicMillis = (): number => runtime.monotonicMillis();
  return new RecordAccounts({
    ledger,
    memory,
    monotonicMillis,
    summary,
    metrics: createExporterMetrics(options.selfObsMeterProvider, {
      componentType,
      componentName: nextComponentName(componentType),
      server: parts.destination.server,
    }),
    onDrop: options.onDrop,
    healthReporter: new HealthReporter({
      name: parts.destination.name,
      warn: (message) => tell('warn', message),
      monotonicMillis,
    }),
  });
}
