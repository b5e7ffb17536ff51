import type { LogRecordExporter } from '@opentelemetry/sdk-logs';
import type { LocalServices, LocalServicesOptions } from '../local-services.ts';
import type { LocalServiceName } from '../violations.ts';
import { connectionCases } from './connection-cases.ts';
import type { ContractCase } from './contract-run.ts';
import { deliveryCases } from './delivery-cases.ts';
import { lifecycleCases } from './lifecycle-cases.ts';

/** Options that a case needs the exporter to have, named as every exporter of this package names them. */
export interface ContractOverrides {
  readonly acknowledge: 'delivered';
  readonly oversize: 'drop';
  readonly timeoutMillis: number;
  readonly flushTimeoutMillis: number;
  readonly shutdownTimeoutMillis: number;
  readonly retry: { readonly initialBackoffMillis: number; readonly maxBackoffMillis: number };
}

/** What a destination can do; a case that needs more is left out. */
export interface DestinationAbilities {
  /** Its service says which entries of a request failed. Default false. */
  readonly partialFailure?: boolean;
  /** It learns of throttling, lost connections and unavailable services, and sends again. Default true. */
  readonly acknowledges?: boolean;
  /** A record can be too large for it. Default true. */
  readonly sizeLimit?: boolean;
}

/** What the contract is to be run with. */
export interface DestinationContractOptions {
  /** Registers a case: `it` or `test` of any runner. */
  readonly it: (name: string, run: () => Promise<void>) => unknown;
  readonly service: LocalServiceName;
  /** Makes an exporter that sends to `services`. */
  createExporter(
    services: LocalServices,
    overrides: ContractOverrides,
  ): LogRecordExporter | Promise<LogRecordExporter>;
  /** What arrived, decoded: objects with the record's `attributes`. */
  arrived(services: LocalServices): readonly unknown[];
  readonly abilities?: DestinationAbilities;
  /** For what the destination needs to be there: groups, queues, `zeromq: true`. */
  readonly services?: LocalServicesOptions;
}

/**
 * Registers the cases that every destination must pass, with the `it` of your test runner.
 *
 * Each case starts its own local services, and fails by an assertion of `node:assert`.
 */
export function destinationContract(options: DestinationContractOptions): void {
  const { partialFailure = false, acknowledges = true, sizeLimit = true } = options.abilities ?? {};
  const abilities = { partialFailure, acknowledges, sizeLimit };
  const cases: readonly ContractCase[] = [...deliveryCases, ...connectionCases, ...lifecycleCases];
  for (const { name, needs = [], run } of cases) {
    if (needs.every((ability) => abilities[ability])) options.it(name, () => run(options));
  }
}
